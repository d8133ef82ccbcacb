package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.image.PictureException;
import io.grevy.image.PictureLoader;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import java.util.List;

/** Reads where a request's pictures are, and checks all of it that can be checked without loading them. Thread-safe. */
@Component
public class PictureReader {

    private static final List<String> DETAILS = List.of("auto", "low", "high", "original");

    private final PictureLoader pictures;
    private final int most;

    @Inject
    PictureReader(PictureLoader pictures, ChatSettings settings) {
        this.pictures = pictures;
        this.most = settings.pictures().maxPictures();
    }

    /** Whether the member {@code detail} asks for a small picture. */
    public static boolean low(Fields image) {
        return image.optional("detail")
                .map(detail -> detail.asOneOf(DETAILS))
                .filter("low"::equals)
                .isPresent();
    }

    public ChatPart.ImageUrl read(Field url, boolean low) {
        return read(url.asNonEmptyText(), low, url.path());
    }

    /** @param path where in the request it stands */
    public ChatPart.ImageUrl read(String url, boolean low, String path) {
        check(url, path);
        return new ChatPart.ImageUrl(url, low, path);
    }

    /** Whether it may be loaded: a picture, a video, or a frame of one. */
    void check(String url, String path) {
        try {
            pictures.check(url);
        } catch (PictureException e) {
            throw PictureErrors.at(path, e);
        }
    }

    /** @throws ApiException TOO_MANY_IMAGES */
    public void checkCount(List<ChatMessage> messages) {
        messages.stream()
                .flatMap(message -> message.parts().stream())
                .filter(ChatPart.Visual.class::isInstance)
                .map(ChatPart.Visual.class::cast)
                .skip(most)
                .findFirst()
                .ifPresent(visual -> {
                    throw ApiException.at(
                            visual.path(),
                            ErrorCode.TOO_MANY_IMAGES,
                            "A request may hold at most " + most + " images and videos.");
                });
    }
}
