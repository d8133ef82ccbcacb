package io.grevy.engine;

import io.grevy.inference.Recorder;
import io.grevy.openvino.EncodedPicture;
import io.grevy.openvino.PictureEncoder;
import io.grevy.openvino.Rgb;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A model's pictures, encoded once each on a thread of their own, beside the loop, and kept for later requests. One
 * thread: the engine spreads each picture over the cores by itself. It outlives the pipeline: see {@link
 * TokenizerThread}.
 *
 * <p>Thread-safe. The lock is this object; it guards what is kept and what is being encoded, and is not held while the
 * engine works.
 */
final class PictureEncodings {

    private static final System.Logger LOG = System.getLogger(PictureEncodings.class.getName());

    private final PictureEncoder encoder;
    private final Function<Rgb, EncodedPicture> encode;
    private final Recorder recorder;
    private final PictureCache kept;
    private final Map<PictureKey, Encoding> encodings = new HashMap<>();
    private final ExecutorService thread;
    private boolean closed;
    private volatile boolean busy;
    private volatile long busySinceNanos;

    PictureEncodings(String model, PictureEncoder encoder, long capacityBytes, Recorder recorder) {
        this(model, encoder, encoder::encode, capacityBytes, recorder);
    }

    /** @param encode the encoder's way to encode, which tests look at and hold up */
    PictureEncodings(
            String model,
            PictureEncoder encoder,
            Function<Rgb, EncodedPicture> encode,
            long capacityBytes,
            Recorder recorder) {
        this.encoder = encoder;
        this.encode = encode;
        this.recorder = recorder;
        this.kept = new PictureCache(capacityBytes);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "grevy-encoder-" + model);
            created.setDaemon(true);
            return created;
        });
    }

    /** What adds requests about these pictures. */
    PictureEncoder encoder() {
        return encoder;
    }

    /**
     * The pictures of a prompt: those that are kept, and those that others wait for too, are not encoded again. The
     * caller closes the claim.
     *
     * @throws java.util.concurrent.RejectedExecutionException once {@link #end ended}
     */
    PictureClaim claim(ComposedPrompt prompt) {
        List<PictureKey> keys = prompt.keys().get();
        List<CompletableFuture<EncodedPicture>> claimed = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < keys.size(); i++) {
                claimed.add(claim(keys.get(i), prompt.pictures().get(i)));
            }
            return new PictureClaim(claimed);
        }
    }

    private CompletableFuture<EncodedPicture> claim(PictureKey key, Rgb picture) {
        Optional<EncodedPicture> found = kept.find(key);
        Encoding encoding = encodings.get(key);
        recorder.pictureAskedFor(found.isPresent() || encoding != null);
        if (found.isPresent()) {
            return CompletableFuture.completedFuture(found.get());
        }
        if (encoding == null) {
            Encoding begun = new Encoding(key, picture);
            thread.execute(() -> run(begun));
            encodings.put(key, begun);
            encoding = begun;
        }
        return encoding.join();
    }

    private void run(Encoding encoding) {
        synchronized (this) {
            if (encoding.isAbandoned()) {
                encodings.remove(encoding.key);
                return;
            }
        }
        busySinceNanos = System.nanoTime();
        busy = true;
        try {
            EncodedPicture picture = encode.apply(encoding.picture);
            recorder.picturesEncoded(Duration.ofNanos(System.nanoTime() - busySinceNanos));
            deliver(encoding, picture);
        } catch (RuntimeException | Error e) {
            fail(encoding, e);
        } finally {
            busy = false;
        }
    }

    private void deliver(Encoding encoding, EncodedPicture picture) {
        List<EncodedPicture> shares = new ArrayList<>();
        synchronized (this) {
            encodings.remove(encoding.key);
            encoding.waiting.forEach(waiting -> shares.add(picture.share()));
            if (closed) {
                picture.close();
            } else {
                kept.keep(encoding.key, picture);
            }
            recorder.picturesKept(kept.bytes());
        }
        for (int i = 0; i < shares.size(); i++) {
            if (!encoding.waiting.get(i).complete(shares.get(i))) {
                shares.get(i).close();
            }
        }
    }

    private void fail(Encoding encoding, Throwable failure) {
        synchronized (this) {
            encodings.remove(encoding.key);
        }
        if (failure instanceof Error) {
            LOG.log(Level.ERROR, "A picture was not encoded", failure);
        }
        encoding.waiting.forEach(waiting -> waiting.completeExceptionally(failure));
    }

    /** Whether one picture takes longer than that. */
    boolean stuck(Duration after) {
        return busy && System.nanoTime() - busySinceNanos > after.toNanos();
    }

    /** Keeps nothing any more. To be called before the pipeline is closed. */
    synchronized void close() {
        closed = true;
        kept.clear();
        recorder.picturesKept(0);
    }

    /** To be called once the pipeline is closed: what is still to be encoded fails then. */
    void end() {
        thread.shutdown();
    }

    /** A picture that is being encoded, or is to be, and who waits for it. Once it is no longer listed, nobody joins. */
    private static final class Encoding {
        private final PictureKey key;
        private final Rgb picture;
        private final List<CompletableFuture<EncodedPicture>> waiting = new ArrayList<>();

        Encoding(PictureKey key, Rgb picture) {
            this.key = key;
            this.picture = picture;
        }

        CompletableFuture<EncodedPicture> join() {
            CompletableFuture<EncodedPicture> place = new CompletableFuture<>();
            waiting.add(place);
            return place;
        }

        boolean isAbandoned() {
            return waiting.stream().allMatch(CompletableFuture::isDone);
        }
    }
}
