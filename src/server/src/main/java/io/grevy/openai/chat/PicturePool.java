package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.image.Picture;
import io.grevy.image.PictureException;
import io.grevy.image.PictureLoader;
import io.grevy.openai.ApiException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Loads the pictures of requests, several of one request at a time. Over all requests, the number of pictures that are
 * decoded or fetched at once is bounded: decoding takes about ten bytes a pixel. Fetched pictures have a bound of their
 * own, so that a slow host doesn't hold up those that came with their request. Thread-safe.
 */
@Component
public class PicturePool {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final PictureLoader loader;
    private final Semaphore inline = new Semaphore(Math.max(2, CORES), true);
    private final Semaphore fetched = new Semaphore(Math.max(4, 2 * CORES), true);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Math.max(4, 2 * CORES),
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new OwnThreads("grevy-picture"),
            (task, pool) -> task.run()); // also once it is closed

    @Inject
    PicturePool(PictureLoader loader) {
        this.loader = loader;
    }

    /**
     * The pictures in the order of their URLs.
     *
     * @param held takes the decoded pictures too
     * @throws ApiException about the first, in that order, that can't be had
     */
    List<Picture> load(List<ChatPart.ImageUrl> urls, BodyBudget.Share held) throws InterruptedException {
        List<FutureTask<Picture>> tasks =
                urls.stream().map(url -> new FutureTask<>(() -> load(url))).toList();
        try {
            // This thread would only wait, so it takes the first.
            tasks.stream().skip(1).forEach(threads::execute);
            if (!tasks.isEmpty()) {
                tasks.get(0).run();
            }
            List<Picture> pictures = new ArrayList<>(tasks.size());
            for (FutureTask<Picture> task : tasks) {
                Picture picture = outcome(task);
                held.grow(picture.rgb().length);
                pictures.add(picture);
            }
            return pictures;
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    private Picture load(ChatPart.ImageUrl url) throws InterruptedException {
        Semaphore places = url.url().regionMatches(true, 0, "data:", 0, 5) ? inline : fetched;
        places.acquire();
        try {
            Picture picture = loader.load(url.url());
            return url.low() ? picture.scaledDownTo(ChatPart.LOW_SIDE) : picture;
        } catch (PictureException e) {
            throw PictureErrors.at(url.path(), e);
        } finally {
            places.release();
        }
    }

    private static Picture outcome(FutureTask<Picture> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException("A picture could not be loaded", e.getCause());
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
