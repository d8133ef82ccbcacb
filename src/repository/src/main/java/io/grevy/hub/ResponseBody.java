package io.grevy.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body, read by one thread with a limit on how long nothing may come; the JDK's own streams wait for ever.
 * Holds one piece at a time: the next is asked for when that one was taken.
 */
final class ResponseBody implements HttpResponse.BodySubscriber<ResponseBody>, AutoCloseable {
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscription subscription; // guarded by this
    private boolean closed; // guarded by this

    private record Piece(List<ByteBuffer> buffers, @Nullable Throwable failure, boolean last) {}

    /**
     * The next bytes.
     *
     * @return empty at the end
     * @throws HttpTimeoutException if nothing came for so long
     * @throws IOException if the connection broke off
     */
    List<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
        Piece piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
        }
        if (piece.failure() != null) {
            throw new IOException(piece.failure().getMessage(), piece.failure());
        }
        if (!piece.last()) {
            request();
        }
        return piece.buffers();
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        request();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece(buffers, null, false));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), failure, true));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), null, true));
    }

    /** Ends the connection, unless all was read. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private synchronized void request() {
        if (subscription != null) {
            if (closed) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }
    }
}
