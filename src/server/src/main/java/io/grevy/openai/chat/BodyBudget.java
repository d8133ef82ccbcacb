package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of request bodies and decoded pictures that are held at one time, over all requests. Thread-safe. */
@Component
public class BodyBudget {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    @Inject
    BodyBudget(ChatSettings settings) {
        limit = settings.maxHeldBytes();
    }

    /** A share of nothing yet. */
    Share open() {
        return new Share();
    }

    long held() {
        return held.get();
    }

    /** What one request holds. Used by one thread; closing gives it back, and is harmless when repeated. */
    public final class Share implements AutoCloseable {

        private long bytes;

        /** @throws ApiException OVERLOADED if the budget is used up, IMAGE_TOO_LARGE if this alone is more than it */
        public void grow(long more) {
            if (bytes + more > limit) {
                throw ApiException.at(
                        "messages",
                        ErrorCode.IMAGE_TOO_LARGE,
                        "The pictures of this request take more than %d bytes when decoded.".formatted(limit));
            }
            if (held.addAndGet(more) > limit) {
                held.addAndGet(-more);
                throw ApiException.retryAfter(
                        PAUSE, ErrorCode.OVERLOADED, "The server holds as much of requests as it may; try again soon.");
            }
            bytes += more;
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
