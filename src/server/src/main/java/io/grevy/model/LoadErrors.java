package io.grevy.model;

import io.grevy.repository.RepositoryException;
import org.jspecify.annotations.Nullable;

/**
 * Says why a model did not load: the innermost cause, without the wrapping that CDI adds. What was written for the
 * operator stands as it is.
 */
final class LoadErrors {

    private LoadErrors() {}

    static String message(Throwable error) {
        Throwable innermost = error;
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            innermost = cause;
            if (cause instanceof RepositoryException) {
                break;
            }
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank() ? innermost.getClass().getSimpleName() : message.strip();
    }
}
