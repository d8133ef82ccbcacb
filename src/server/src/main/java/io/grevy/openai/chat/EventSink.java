package io.grevy.openai.chat;

import io.grevy.inference.GenerationEvent;
import java.io.IOException;

/** A form of answer: it is told what a generation tells, in that order. Used by one thread. */
public interface EventSink {

    /** The choice gained text. */
    void text(GenerationEvent.Text text) throws IOException;

    /** The choice gained reasoning. */
    void reasoning(GenerationEvent.Reasoning reasoning) throws IOException;

    /** The choice begins to call a tool. */
    void call(GenerationEvent.CallStarted call) throws IOException;

    /** The call gained arguments. */
    void arguments(GenerationEvent.CallArguments arguments) throws IOException;

    /** The choice is complete. */
    void ended(GenerationEvent.ChoiceEnded ended) throws IOException;

    /** All choices are. Nothing comes after it. */
    void finished(GenerationEvent.Finished finished) throws IOException;

    /** Nothing came for a while. */
    void quiet() throws IOException;
}
