package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grevy.image.PictureException.Reason;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that something is refused, and how. */
final class Refusals {

    private Refusals() {}

    /** Returns the message, which is one short sentence. */
    static String refused(Reason reason, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(PictureException.class);
        PictureException e = (PictureException) thrown;
        String message = Objects.requireNonNull(e.getMessage());
        assertThat(e.reason()).as(message).isEqualTo(reason);
        assertThat(message).endsWith(".").hasSizeLessThan(400).matches("\\A\\P{Cntrl}*\\z");
        return message;
    }
}
