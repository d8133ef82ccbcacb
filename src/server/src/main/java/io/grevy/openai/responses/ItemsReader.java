package io.grevy.openai.responses;

import io.grevy.component.Component;
import io.grevy.inference.Role;
import io.grevy.inference.ToolCall;
import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.chat.ChatPart;
import io.grevy.openai.chat.PictureReader;
import io.grevy.openai.chat.Turns;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the conversation: {@code instructions} and the items of {@code input}. Thread-safe. */
@Component
class ItemsReader {

    private static final List<String> TYPES = List.of("message", "function_call", "function_call_output", "reasoning");
    private static final List<String> STATUSES = List.of("in_progress", "completed", "incomplete");
    private static final Map<String, Role> ROLES = roles();

    private final ContentReader content;
    private final PictureReader pictures;

    @Inject
    ItemsReader(ContentReader content, PictureReader pictures) {
        this.content = content;
        this.pictures = pictures;
    }

    List<ChatMessage> read(Fields request) {
        Turns turns = new Turns();
        request.optional("instructions")
                .ifPresent(text -> turns.say(Role.SYSTEM, List.of(new ChatPart.Text(text.asText()))));
        Field input = request.required("input");
        if (input.isString()) {
            turns.say(Role.USER, List.of(new ChatPart.Text(input.asText())));
        } else if (input.isArray()) {
            readAll(input, turns);
        } else {
            throw input.wrongType("a string or an array of items");
        }
        List<ChatMessage> messages = turns.end();
        pictures.checkCount(messages);
        return messages;
    }

    private void readAll(Field input, Turns turns) {
        List<Field> items = input.asArray().fields();
        if (items.isEmpty()) {
            throw input.invalid("must hold at least one item");
        }
        items.forEach(item -> read(item.asObject(), turns));
    }

    private void read(Fields item, Turns turns) {
        String type = item.optional("type").map(Field::asText).orElse("message");
        if (!TYPES.contains(type)) {
            throw item.unsupported("type", "only as one of " + String.join(", ", TYPES));
        }
        item.optional("id").ifPresent(Field::asText);
        item.optional("status").ifPresent(status -> status.asOneOf(STATUSES));
        switch (type) {
            case "function_call" -> call(item, turns);
            case "function_call_output" -> output(item, turns);
            case "reasoning" -> reasoning(item, turns);
            default -> message(item, turns);
        }
    }

    private void message(Fields item, Turns turns) {
        item.allowOnly(Set.of("type", "id", "status", "role", "content", "phase"));
        item.optional("phase").ifPresent(Field::asText);
        Field role = item.required("role");
        Role speaker = ROLES.getOrDefault(role.asOneOf(ROLES.keySet()), Role.USER);
        turns.say(speaker, content.read(item.required("content"), speaker));
    }

    private static void call(Fields item, Turns turns) {
        item.allowOnly(Set.of("type", "id", "status", "call_id", "name", "arguments", "namespace", "caller", "async"));
        refuse(item, List.of("namespace", "caller", "async"));
        turns.call(new ToolCall(
                item.required("call_id").asNonEmptyText(),
                item.required("name").asNonEmptyText(),
                item.required("arguments").asText()));
    }

    private void output(Fields item, Turns turns) {
        item.allowOnly(Set.of("type", "id", "status", "call_id", "output", "name", "namespace", "caller"));
        refuse(item, List.of("name", "namespace", "caller"));
        turns.result(item.required("call_id").asNonEmptyText(), content.read(item.required("output"), Role.TOOL));
    }

    /** What clients may send as null. */
    private static void refuse(Fields item, List<String> names) {
        for (String name : names) {
            item.optional(name).ifPresent(given -> {
                throw item.unsupported(name, "only as null");
            });
        }
    }

    /** Its content, or what was made of it. */
    private static void reasoning(Fields item, Turns turns) {
        item.allowOnly(Set.of("type", "id", "status", "summary", "content", "encrypted_content"));
        item.optional("encrypted_content").ifPresent(given -> {
            throw item.unsupported("encrypted_content", "only as null: this server encrypts nothing");
        });
        String summary = texts(item, "summary", "summary_text");
        String content = texts(item, "content", "reasoning_text");
        turns.think(content.isEmpty() ? summary : content);
    }

    private static String texts(Fields item, String name, String type) {
        StringBuilder texts = new StringBuilder();
        item.optional(name)
                .ifPresent(array -> array.asArray().fields().forEach(field -> {
                    Fields part = field.asObject();
                    part.allowOnly(Set.of("type", "text"));
                    part.required("type").asOneOf(List.of(type));
                    texts.append(part.required("text").asText());
                }));
        return texts.toString();
    }

    private static Map<String, Role> roles() {
        Map<String, Role> roles = new LinkedHashMap<>(); // in the order in which a message lists them
        roles.put("user", Role.USER);
        roles.put("assistant", Role.ASSISTANT);
        roles.put("system", Role.SYSTEM);
        roles.put("developer", Role.SYSTEM);
        return roles;
    }
}
