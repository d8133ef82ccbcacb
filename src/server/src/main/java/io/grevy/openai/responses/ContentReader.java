package io.grevy.openai.responses;

import io.grevy.component.Component;
import io.grevy.inference.Role;
import io.grevy.openai.chat.ChatPart;
import io.grevy.openai.chat.PictureReader;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** Reads what an item holds: a string, or parts of text and pictures. Thread-safe. */
@Component
class ContentReader {

    private final PictureReader pictures;

    @Inject
    ContentReader(PictureReader pictures) {
        this.pictures = pictures;
    }

    List<ChatPart> read(Field content, Role role) {
        if (content.isString()) {
            return List.of(new ChatPart.Text(content.asText()));
        }
        if (!content.isArray()) {
            throw content.wrongType("a string or an array of parts");
        }
        List<Field> parts = content.asArray().fields();
        if (parts.isEmpty() && role != Role.ASSISTANT) {
            throw content.invalid("must hold at least one part");
        }
        return parts.stream().map(part -> part(part.asObject(), role)).toList();
    }

    private ChatPart part(Fields part, Role role) {
        Field type = part.required("type");
        return switch (type.asText()) {
            case "input_text" -> text(part, Set.of("type", "text"));
            case "output_text" -> {
                checkAssistant(type, role);
                yield text(part, Set.of("type", "text", "annotations", "logprobs"));
            }
            case "refusal" -> {
                checkAssistant(type, role);
                part.allowOnly(Set.of("type", "refusal"));
                yield new ChatPart.Text(part.required("refusal").asText());
            }
            case "input_image" -> picture(part, type, role);
            default ->
                throw part.unsupported(
                        "type",
                        "only as one of input_text, input_image, output_text, refusal, not as '" + type.asText() + "'");
        };
    }

    /** Annotations are an answer's, and none of ours has any. */
    private static ChatPart text(Fields part, Set<String> members) {
        part.allowOnly(members);
        part.optional("annotations").ifPresent(annotations -> {
            if (annotations.asArray().size() > 0) {
                throw part.unsupported("annotations", "only as []");
            }
        });
        part.optional("logprobs").ifPresent(Field::asArray);
        return new ChatPart.Text(part.required("text").asText());
    }

    private ChatPart picture(Fields part, Field type, Role role) {
        if (role != Role.USER && role != Role.TOOL) {
            throw type.invalid("'input_image' is only allowed in messages of the user and in outputs of functions");
        }
        part.allowOnly(Set.of("type", "image_url", "file_id", "detail"));
        part.optional("file_id").ifPresent(given -> {
            throw part.unsupported("file_id", "only as null: this server keeps no files");
        });
        return pictures.read(part.required("image_url"), PictureReader.low(part));
    }

    private static void checkAssistant(Field type, Role role) {
        if (role != Role.ASSISTANT) {
            throw type.invalid("'" + type.asText() + "' is only allowed in messages of the assistant");
        }
    }
}
