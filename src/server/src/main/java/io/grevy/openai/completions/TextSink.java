package io.grevy.openai.completions;

import io.grevy.inference.GenerationEvent;
import io.grevy.openai.chat.EventSink;

/** Is told text alone: what a model writes after a raw prompt is not parsed. */
interface TextSink extends EventSink {

    @Override
    default void reasoning(GenerationEvent.Reasoning reasoning) {
        throw unexpected(reasoning);
    }

    @Override
    default void call(GenerationEvent.CallStarted call) {
        throw unexpected(call);
    }

    @Override
    default void arguments(GenerationEvent.CallArguments arguments) {
        throw unexpected(arguments);
    }

    private static IllegalStateException unexpected(GenerationEvent event) {
        return new IllegalStateException("a raw prompt's answer is text, not " + event);
    }
}
