package io.grevy.engine;

import io.grevy.openvino.EncodedPicture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What a request has of {@link PictureEncodings}: its pictures, or a place where they are waited for. Thread-safe. */
final class PictureClaim implements AutoCloseable {

    private final List<CompletableFuture<EncodedPicture>> pictures;
    private final boolean complete;

    PictureClaim(List<CompletableFuture<EncodedPicture>> pictures) {
        this.pictures = List.copyOf(pictures);
        this.complete = pictures.stream().allMatch(CompletableFuture::isDone);
    }

    /** Whether there was nothing to wait for from the beginning. */
    boolean complete() {
        return complete;
    }

    /** Runs something as soon as nothing is left to wait for: here and now, or on the thread that encodes. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what is run
    void whenReady(Runnable then) {
        CompletableFuture<?> all = CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new));
        all.whenComplete((none, failure) -> then.run());
    }

    /**
     * The pictures, once nothing is left to wait for. They stay the claim's own.
     *
     * @throws RuntimeException what one of them could not be encoded for
     */
    List<EncodedPicture> pictures() {
        try {
            return pictures.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : e;
        }
    }

    /** Gives up what is waited for, and gives the rest back; more than once is harmless. */
    @Override
    public void close() {
        for (CompletableFuture<EncodedPicture> picture : pictures) {
            if (!picture.cancel(false) && !picture.isCompletedExceptionally()) {
                picture.join().close();
            }
        }
    }
}
