package io.grevy.engine;

import io.grevy.image.Picture;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.openvino.Rgb;
import io.grevy.openvino.RgbVideo;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects a prompt's pictures and videos, and gives the engine's universal tags that stand for them in its text. For
 * one prompt.
 */
final class Visuals {

    private final Sight sight;
    private final boolean allVideos;
    private final List<Rgb> pictures = new ArrayList<>();
    private final List<RgbVideo> videos = new ArrayList<>();

    private Visuals(Sight sight, boolean allVideos) {
        this.sight = sight;
        this.allVideos = allVideos;
    }

    /** @throws RefusedRequestException if the model does not take a picture before a video, and there is one */
    static Visuals of(List<Message> messages, Sight sight) throws RefusedRequestException {
        boolean mixed = pictureBeforeVideo(messages);
        if (mixed && sight.videos() == VideoOrder.FIRST) {
            throw new RefusedRequestException(
                    Reason.NOT_SUPPORTED,
                    "The model '" + sight.model() + "' takes no picture before a video; put its videos first.");
        }
        return new Visuals(sight, mixed && sight.videos() == VideoOrder.FIRST_OR_ALL_VIDEOS);
    }

    private static boolean pictureBeforeVideo(List<Message> messages) {
        boolean picture = false;
        for (Message message : messages) {
            for (Part part : message.parts()) {
                if (picture && part instanceof Part.Video) {
                    return true;
                }
                picture |= part instanceof Part.Image;
            }
        }
        return false;
    }

    /** Takes a picture and gives its tag. */
    String add(Part.Image image) throws RefusedRequestException {
        if (!sight.pictures()) {
            throw new RefusedRequestException(
                    Reason.PICTURES_NOT_SUPPORTED, "This model takes text only; it cannot see pictures.");
        }
        if (allVideos) {
            return add(new RgbVideo(List.of(rgb(image.picture())), 0));
        }
        pictures.add(rgb(image.picture()));
        return "<ov_genai_image_" + (pictures.size() - 1) + ">";
    }

    /** Takes a video and gives its tag. */
    String add(Part.Video video) throws RefusedRequestException {
        if (sight.videos() == VideoOrder.NONE) {
            throw new RefusedRequestException(
                    Reason.VIDEOS_NOT_SUPPORTED, "The model '" + sight.model() + "' takes no videos.");
        }
        List<Rgb> frames = video.frames().stream().map(Visuals::rgb).toList();
        return add(new RgbVideo(frames, (float) video.framesPerSecond()));
    }

    private String add(RgbVideo video) {
        videos.add(video);
        return "<ov_genai_video_" + (videos.size() - 1) + ">";
    }

    private static Rgb rgb(Picture picture) {
        return new Rgb(picture.width(), picture.height(), picture.rgb());
    }

    List<Rgb> pictures() {
        return pictures;
    }

    List<RgbVideo> videos() {
        return videos;
    }
}
