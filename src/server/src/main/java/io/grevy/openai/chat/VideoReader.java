package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.image.FrameSampling;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.Range;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads a message's videos: {@code video_url} as vLLM has it, and {@code video}, a list of frames, as Qwen's chat format
 * and its service have it. Thread-safe.
 */
@Component
class VideoReader {

    /** Frames that a model gets of one video, at most; vLLM's default too. */
    static final int MOST_FRAMES = 32;

    private static final int MOST_GIVEN = 4096;
    private static final String FRAMES_URI = "data:video/jpeg;base64,";
    private static final Range RATES = Range.above(0, 1000);

    /** What Qwen's own tools take frames for that come without a rate. */
    private static final double USUAL_RATE = 2;

    private final PictureReader pictures;

    @Inject
    VideoReader(PictureReader pictures) {
        this.pictures = pictures;
    }

    /** @param part of the type {@code video_url} */
    ChatPart.Visual ofUrl(Fields part) {
        part.allowOnly(Set.of("type", "video_url"));
        Fields video = part.required("video_url").asObject();
        video.allowOnly(Set.of("url"));
        Field url = video.required("url");
        String text = url.asNonEmptyText();
        if (text.regionMatches(true, 0, FRAMES_URI, 0, FRAMES_URI.length())) {
            requireFew(url, text.chars().filter(c -> c == ',').count());
            List<ChatPart.Frame> frames = Arrays.stream(
                            text.substring(FRAMES_URI.length()).split(",", -1))
                    .map(base64 -> new ChatPart.Frame("data:image/jpeg;base64," + base64, url.path()))
                    .toList();
            return of(frames, USUAL_RATE, url.path());
        }
        pictures.check(text, url.path());
        return new ChatPart.VideoUrl(text, url.path());
    }

    /** @param part of the type {@code video} */
    ChatPart.Visual ofFrames(Fields part) {
        part.allowOnly(Set.of("type", "video", "fps"));
        Field video = part.required("video");
        if (!video.isArray()) {
            throw video.wrongType(
                    "an array of its frames' URLs; a video in one file is a part of the type 'video_url'");
        }
        requireFew(video, video.asArray().size());
        List<ChatPart.Frame> frames = new ArrayList<>();
        for (Field frame : video.asArray().fields()) {
            frames.add(new ChatPart.Frame(frame.asNonEmptyText(), frame.path()));
        }
        if (frames.isEmpty()) {
            throw video.invalid("must hold at least one frame");
        }
        return of(frames, part.optional("fps").map(fps -> fps.asNumber(RATES)).orElse(USUAL_RATE), video.path());
    }

    private static void requireFew(Field video, long frames) {
        if (frames > MOST_GIVEN) {
            throw video.invalid("may hold at most " + MOST_GIVEN + " frames");
        }
    }

    private ChatPart.Visual of(List<ChatPart.Frame> frames, double rate, String path) {
        frames.forEach(frame -> pictures.check(frame.url(), frame.path()));
        int[] taken = FrameSampling.of(frames.size(), MOST_FRAMES);
        return new ChatPart.VideoFrames(
                Arrays.stream(taken).mapToObj(frames::get).toList(),
                FrameSampling.rate(frames.size(), taken.length, frames.size() / rate),
                path);
    }
}
