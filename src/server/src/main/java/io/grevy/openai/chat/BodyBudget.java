package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.security.Visit;
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
        return open(new Visit());
    }

    /** A share of nothing yet, of this request. */
    Share open(Visit visit) {
        return new Share(visit);
    }

    long held() {
        return held.get();
    }

    /** What one request holds. Used by one thread; closing gives it back, and is harmless when repeated. */
    public final class Share implements AutoCloseable {

        private final Visit visit;
        private long bytes;

        private Share(Visit visit) {
            this.visit = visit;
        }

        /** The request that holds it. */
        Visit visit() {
            return visit;
        }

        /**
         * @throws ApiException OVERLOADED if the budget is used up, IMAGE_TOO_LARGE if this alone is more than it,
         *     DEADLINE_EXCEEDED if the request's time is up
         */
        public void grow(long more) {
            Deadlines.require(visit);
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
