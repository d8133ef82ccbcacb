package io.grevy.openai.chat;

import io.grevy.image.Picture;
import io.grevy.image.PictureException;
import io.grevy.image.Video;
import io.grevy.inference.Part;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A picture or a video that is being loaded. */
sealed interface Loading {

    /** What is to be run for it, at least one; in any order, on any threads. */
    List<? extends FutureTask<?>> tasks();

    /**
     * Waits for the tasks.
     *
     * @param held takes what is decoded
     * @throws ApiException about the first file that can't be had
     */
    Part part(BodyBudget.Share held) throws InterruptedException;

    /** Loads something. */
    interface Load<T> {
        T run() throws PictureException;
    }

    /** A picture. */
    record OfPicture(FutureTask<Picture> task) implements Loading {

        @Override
        public List<FutureTask<Picture>> tasks() {
            return List.of(task);
        }

        @Override
        public Part part(BodyBudget.Share held) throws InterruptedException {
            Picture picture = outcome(task);
            held.grow(picture.rgb().length);
            return new Part.Image(picture);
        }
    }

    /** A video in one file. */
    record OfVideo(FutureTask<Video> task) implements Loading {

        @Override
        public List<FutureTask<Video>> tasks() {
            return List.of(task);
        }

        @Override
        public Part part(BodyBudget.Share held) throws InterruptedException {
            Video video = outcome(task);
            held.grow(video.bytes());
            return new Part.Video(video.frames(), video.framesPerSecond());
        }
    }

    /** A video whose frames are files. */
    record OfFrames(ChatPart.VideoFrames video, List<FutureTask<Picture>> tasks) implements Loading {

        @Override
        public Part part(BodyBudget.Share held) throws InterruptedException {
            List<Picture> frames = new ArrayList<>(tasks.size());
            for (FutureTask<Picture> task : tasks) {
                Picture frame = outcome(task);
                held.grow(frame.rgb().length);
                if (!frames.isEmpty()) {
                    requireSize(
                            frame,
                            frames.get(0),
                            video.frames().get(frames.size()).path());
                }
                frames.add(frame);
            }
            return new Part.Video(frames, video.framesPerSecond());
        }

        private static void requireSize(Picture frame, Picture first, String path) {
            if (!frame.sameSizeAs(first)) {
                throw ApiException.at(
                        path,
                        ErrorCode.INVALID_IMAGE,
                        "%s: The frame has %dx%d pixels, the video's first one has %dx%d; all must be of one size."
                                .formatted(path, frame.width(), frame.height(), first.width(), first.height()));
            }
        }
    }

    private static <T> T outcome(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException("A picture could not be loaded", e.getCause());
        }
    }
}
