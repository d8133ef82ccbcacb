package io.grevy.testhub;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with one answer. */
public sealed interface Fault {
    /** The connection ends after so many bytes of the body. */
    record CutAfter(int bytes) implements Fault {}

    /** After so many bytes nothing comes until the latch opens; then the rest does. */
    record StallAfter(int bytes, CountDownLatch until) implements Fault {}

    /** Another status, with these headers and this text. */
    record Status(int status, Map<String, String> headers, String body) implements Fault {
        public static Status of(int status) {
            return new Status(status, Map.of(), "");
        }
    }

    /** The last byte is another. */
    record WrongByte() implements Fault {}

    /** The whole file comes, though a range was asked for. */
    record NoRange() implements Fault {}

    /** A range comes, but not the one that was asked for. */
    record OtherRange() implements Fault {}
}
