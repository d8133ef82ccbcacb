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

    /** Without heartbeats the length of one wait doesn't matter. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Generation generation;
    private final Duration patience;
    private Optional<GenerationEvent> event = Optional.empty();

    /** @param heartbeat how long nothing may come before the sink hears of it; zero for ever */
    Answering(Generation generation, Duration heartbeat) {
        this.generation = generation;
        this.patience = heartbeat.isZero() ? LONG : heartbeat;
    }

    /**
     * Waits for the first event, so that a generation which fails at once is still an error by its status. After one
     * heartbeat it gives up waiting.
     *
     * @throws ApiException GENERATION_FAILED or CONTEXT_LENGTH_EXCEEDED
     */
    void awaitFirst() throws InterruptedException {
        event = generation.next(patience);
        if (event.isPresent() && event.get() instanceof GenerationEvent.Failed failed) {
            throw failure(failed);
        }
    }

    /**
     * Tells the sink everything.
     *
     * @throws ApiException GENERATION_FAILED or CONTEXT_LENGTH_EXCEEDED
     * @throws IOException from the sink
     */
    void tell(EventSink sink) throws IOException, InterruptedException {
        while (true) {
            if (event.isEmpty()) {
                sink.quiet();
            } else if (isLast(event.get(), sink)) {
                return;
            }
            event = generation.next(patience);
        }
    }

    private static boolean isLast(GenerationEvent event, EventSink sink) throws IOException {
        if (event instanceof GenerationEvent.Text text) {
            sink.text(text.choice(), text.text());
        } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
            sink.ended(ended.choice(), ended.reason());
        } else if (event instanceof GenerationEvent.Finished finished) {
            sink.finished(finished.usage());
            return true;
        } else if (event instanceof GenerationEvent.Failed failed) {
            throw failure(failed);
        } else {
            throw new IllegalStateException("unknown event " + event);
        }
        return false;
    }

    private static ApiException failure(GenerationEvent.Failed failed) {
        return switch (failed.cause()) {
            case REQUEST -> ApiException.at("messages", ErrorCode.CONTEXT_LENGTH_EXCEEDED, failed.message());
            case ENGINE -> new ApiException(ErrorCode.GENERATION_FAILED, failed.message());
        };
    }
}
