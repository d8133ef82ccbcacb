package io.grevy.openai.chat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Usage;
import java.io.IOException;

/** A form of answer: it is told what a generation tells, in that order. Used by one thread. */
interface EventSink {

    /** The choice gained text. */
    void text(int choice, String text) throws IOException;

    /** The choice is complete. */
    void ended(int choice, FinishReason reason) throws IOException;

    /** All choices are. Nothing comes after it. */
    void finished(Usage usage) throws IOException;

    /** Nothing came for a while. */
    void quiet() throws IOException;
}
