package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.inference.Role;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a message's content: a string, or parts of text, pictures and videos. Thread-safe. */
@Component
class PartsReader {

    private static final List<String> TYPES = List.of("text", "image_url", "video_url", "video");

    private final PictureReader pictures;
    private final VideoReader videos;

    @Inject
    PartsReader(PictureReader pictures, VideoReader videos) {
        this.pictures = pictures;
        this.videos = videos;
    }

    List<ChatPart> read(Field content, Role role) {
        if (content.isString()) {
            return List.of(new ChatPart.Text(content.asText()));
        }
        if (!content.isArray()) {
            throw content.wrongType("a string or an array of parts");
        }
        Elements array = content.asArray();
        if (array.size() == 0) {
            throw content.invalid("must hold at least one part");
        }
        List<ChatPart> parts = new ArrayList<>(array.size());
        for (Field part : array.fields()) {
            parts.add(part(part.asObject(), role));
        }
        return parts;
    }

    private ChatPart part(Fields part, Role role) {
        Field type = part.required("type");
        String kind = type.asOneOf(TYPES);
        if (kind.equals("text")) {
            part.allowOnly(Set.of("type", "text"));
            return new ChatPart.Text(part.required("text").asText());
        }
        if (role != Role.USER && role != Role.TOOL) {
            throw type.invalid("'" + kind + "' is only allowed in messages of the user and of tools");
        }
        return switch (kind) {
            case "video_url" -> videos.ofUrl(part);
            case "video" -> videos.ofFrames(part);
            default -> {
                part.allowOnly(Set.of("type", "image_url"));
                yield image(part.required("image_url").asObject());
            }
        };
    }

    private ChatPart image(Fields image) {
        image.allowOnly(Set.of("url", "detail"));
        return pictures.read(image.required("url"), PictureReader.low(image));
    }
}
