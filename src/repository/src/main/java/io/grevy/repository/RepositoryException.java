package io.grevy.repository;

/**
 * Something in the repository, or in what was asked of it, cannot be served. The message is meant for the operator: it
 * names the file or the setting, what is wrong there and, where it helps, what is allowed.
 */
public final class RepositoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RepositoryException(String message) {
        super(message);
    }

    public RepositoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
