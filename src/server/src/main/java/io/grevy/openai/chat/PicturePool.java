package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.image.Picture;
import io.grevy.image.PictureException;
import io.grevy.image.PictureLoader;
import io.grevy.inference.Part;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.Loading.Load;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Loads the pictures and videos of requests, several of one request at a time. Over all requests, the number of files
 * that are decoded or fetched at once is bounded: decoding takes about ten bytes a pixel. Fetched ones have a bound of
 * their own, so that a slow host doesn't hold up those that came with their request. Thread-safe.
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
     * The pictures and videos in the order of their URLs.
     *
     * @param held takes what is decoded too
     * @throws ApiException about the first, in that order, that can't be had
     */
    List<Part> load(List<ChatPart.Visual> visuals, BodyBudget.Share held) throws InterruptedException {
        List<Loading> loadings = visuals.stream()
                .map(visual -> loading(visual, file -> held.visit().sawPicture(file)))
                .toList();
        List<FutureTask<?>> tasks = new ArrayList<>();
        loadings.forEach(loading -> tasks.addAll(loading.tasks()));
        try {
            // This thread would only wait, so it takes the first.
            tasks.stream().skip(1).forEach(threads::execute);
            if (!tasks.isEmpty()) {
                tasks.get(0).run();
            }
            List<Part> parts = new ArrayList<>(loadings.size());
            for (Loading loading : loadings) {
                parts.add(loading.part(held));
            }
            return parts;
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    private Loading loading(ChatPart.Visual visual, Consumer<byte[]> seen) {
        if (visual instanceof ChatPart.ImageUrl image) {
            return new Loading.OfPicture(placed(image.url(), image.path(), () -> picture(image, seen)));
        }
        if (visual instanceof ChatPart.VideoUrl video) {
            return new Loading.OfVideo(placed(
                    video.url(), video.path(), () -> loader.loadVideo(video.url(), VideoReader.MOST_FRAMES, seen)));
        }
        ChatPart.VideoFrames video = (ChatPart.VideoFrames) visual;
        int count = video.frames().size();
        return new Loading.OfFrames(
                video,
                video.frames().stream()
                        .map(frame ->
                                placed(frame.url(), frame.path(), () -> loader.loadFrame(frame.url(), count, seen)))
                        .toList());
    }

    private Picture picture(ChatPart.ImageUrl image, Consumer<byte[]> seen) throws PictureException {
        Picture picture = loader.load(image.url(), seen);
        return image.low() ? picture.scaledDownTo(ChatPart.LOW_SIDE) : picture;
    }

    private <T> FutureTask<T> placed(String url, String path, Load<T> load) {
        Semaphore places = url.regionMatches(true, 0, "data:", 0, 5) ? inline : fetched;
        return new FutureTask<>(() -> {
            places.acquire();
            try {
                return load.run();
            } catch (PictureException e) {
                throw PictureErrors.at(path, e);
            } finally {
                places.release();
            }
        });
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
