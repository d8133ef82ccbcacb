package io.grevy.openai.chat;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.security.Deadline;
import io.grevy.security.Visit;

/** The end of a request's time, for the client. */
final class Deadlines {

    private Deadlines() {}

    /** @throws ApiException DEADLINE_EXCEEDED if the time is up */
    static void require(Visit visit) {
        Deadline deadline = visit.deadline();
        if (deadline.passed()) {
            throw new ApiException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The request took longer than the %s s that it has."
                            .formatted(deadline.after().toMillis() / 1000.0));
        }
    }
}
