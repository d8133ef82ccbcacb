package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reads a generation from its first event to its last. Used by one thread. */
final class Answering {

    /** How long one wait is where nobody asked for heartbeats. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Generation generation;
    private final Duration heartbeat;
    private final String promptField;
    private Optional<GenerationEvent> event;

    private Answering(Generation generation, Duration heartbeat, String promptField) throws InterruptedException {
        this.generation = generation;
        this.heartbeat = heartbeat;
        this.promptField = promptField;
        this.event = next();
    }

    /**
     * Waits for the first event, so that a generation which fails at once is still an error by its status. After one
     * heartbeat it gives up waiting.
     *
     * @param heartbeat how long nothing may come before the sink hears of it; zero for ever
     * @param promptField where in the request its prompt stands
     * @throws ApiException GENERATION_FAILED, REFUSED_BY_ENGINE or CONTEXT_LENGTH_EXCEEDED
     */
    static Answering begin(Generation generation, Duration heartbeat, String promptField) throws InterruptedException {
        Answering answering = new Answering(generation, heartbeat, promptField);
        if (answering.event.isPresent() && answering.event.get() instanceof GenerationEvent.Failed failed) {
            throw answering.failure(failed);
        }
        return answering;
    }

    /**
     * Tells the sink everything.
     *
     * @throws ApiException GENERATION_FAILED, REFUSED_BY_ENGINE or CONTEXT_LENGTH_EXCEEDED
     * @throws IOException from the sink
     */
    void tell(EventSink sink) throws IOException, InterruptedException {
        while (true) {
            if (event.isEmpty()) {
                sink.quiet();
            } else if (isLast(event.get(), sink)) {
                return;
            }
            event = next();
        }
    }

    private Optional<GenerationEvent> next() throws InterruptedException {
        if (!heartbeat.isZero()) {
            return generation.next(heartbeat);
        }
        Optional<GenerationEvent> next;
        do {
            next = generation.next(LONG);
        } while (next.isEmpty());
        return next;
    }

    private boolean isLast(GenerationEvent event, EventSink sink) throws IOException {
        if (event instanceof GenerationEvent.Text text) {
            sink.text(text);
        } else if (event instanceof GenerationEvent.Reasoning reasoning) {
            sink.reasoning(reasoning);
        } else if (event instanceof GenerationEvent.CallStarted call) {
            sink.call(call);
        } else if (event instanceof GenerationEvent.CallArguments arguments) {
            sink.arguments(arguments);
        } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
            sink.ended(ended);
        } else if (event instanceof GenerationEvent.Finished finished) {
            sink.finished(finished);
            return true;
        } else if (event instanceof GenerationEvent.Failed failed) {
            throw failure(failed);
        } else {
            throw new IllegalStateException("unknown event " + event);
        }
        return false;
    }

    private ApiException failure(GenerationEvent.Failed failed) {
        return switch (failed.cause()) {
            case REQUEST -> ApiException.at(promptField, ErrorCode.CONTEXT_LENGTH_EXCEEDED, failed.message());
            case REFUSED -> ApiException.at(promptField, ErrorCode.REFUSED_BY_ENGINE, failed.message());
            case ENGINE -> new ApiException(ErrorCode.GENERATION_FAILED, failed.message());
            case CANCELLED -> new ApiException(ErrorCode.GENERATION_CANCELLED, failed.message());
        };
    }
}
