package io.grevy.anthropic;

import io.grevy.component.Component;
import io.grevy.openai.chat.ChatPart;
import io.grevy.openai.chat.PictureReader;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads blocks of texts and pictures. Thread-safe. */
@Component
class BlockReader {

    private static final List<String> MEDIA_TYPES = List.of("image/jpeg", "image/png", "image/gif", "image/webp");

    /** What a tool's result begins with where the tool failed: chat templates have no other word for that. */
    private static final String ERROR = "Error: ";

    private final PictureReader pictures;

    @Inject
    BlockReader(PictureReader pictures) {
        this.pictures = pictures;
    }

    /** A string, or an array of blocks of text. */
    List<ChatPart> texts(Field field) {
        if (field.isString()) {
            return List.of(new ChatPart.Text(field.asText()));
        }
        if (!field.isArray()) {
            throw field.wrongType("a string or an array of blocks of text");
        }
        return field.asArray().fields().stream()
                .map(block -> {
                    block.asObject().required("type").asOneOf(List.of("text"));
                    return text(block.asObject());
                })
                .toList();
    }

    static ChatPart text(Fields block) {
        block.allowOnly(Set.of("type", "text", "cache_control", "citations"));
        OtherMembers.checkCacheControl(block);
        OtherMembers.checkEmpty(block, "citations");
        return new ChatPart.Text(block.required("text").asText());
    }

    ChatPart picture(Fields block) {
        block.allowOnly(Set.of("type", "source", "cache_control"));
        OtherMembers.checkCacheControl(block);
        Fields source = block.required("source").asObject();
        String type = source.required("type").asText();
        return switch (type) {
            case "base64" -> {
                source.allowOnly(Set.of("type", "media_type", "data"));
                String mediaType = source.required("media_type").asOneOf(MEDIA_TYPES);
                Field data = source.required("data");
                yield pictures.read("data:" + mediaType + ";base64," + data.asNonEmptyText(), false, data.path());
            }
            case "url" -> {
                source.allowOnly(Set.of("type", "url"));
                yield pictures.read(source.required("url"), false);
            }
            default -> throw source.unsupported("type", "only as base64 or url, not as '" + type + "'");
        };
    }

    /** What a tool gave: a string, or blocks of texts and pictures, or nothing. */
    List<ChatPart> result(Fields block) {
        block.allowOnly(Set.of("type", "tool_use_id", "content", "is_error", "cache_control"));
        OtherMembers.checkCacheControl(block);
        List<ChatPart> parts = new ArrayList<>();
        if (block.optional("is_error").map(Field::asBoolean).orElse(false)) {
            parts.add(new ChatPart.Text(ERROR));
        }
        block.optional("content").ifPresent(content -> {
            if (content.isString()) {
                parts.add(new ChatPart.Text(content.asText()));
            } else if (content.isArray()) {
                content.asArray().fields().forEach(part -> parts.add(part(part.asObject())));
            } else {
                throw content.wrongType("a string or an array of blocks");
            }
        });
        return parts;
    }

    private ChatPart part(Fields block) {
        Field type = block.required("type");
        return switch (type.asText()) {
            case "text" -> text(block);
            case "image" -> picture(block);
            default -> throw block.unsupported("type", "only as text or image, not as '" + type.asText() + "'");
        };
    }
}
