package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.inference.Role;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the conversation. Thread-safe. */
@Component
class MessagesReader {

    /** What a client may send back from an earlier answer of ours, and is empty there. */
    private static final Set<String> EMPTY_MEMBERS = Set.of("refusal", "annotations", "audio", "function_call");

    private static final Set<String> MEMBERS =
            Set.of("role", "content", "name", "tool_calls", "tool_call_id", "reasoning_content");

    /** LiteLLM's notes to itself, which it sends back with an answer: without effect, to any server. */
    private static final String NOTES = "provider_specific_fields";

    private static final Map<String, Role> ROLES = roles();

    private final PartsReader parts;
    private final PictureReader pictures;

    @Inject
    MessagesReader(PartsReader parts, PictureReader pictures) {
        this.parts = parts;
        this.pictures = pictures;
    }

    List<ChatMessage> read(Elements array) {
        if (array.size() == 0) {
            throw new Field(array.path(), array.array()).invalid("must hold at least one message");
        }
        List<ChatMessage> messages = new ArrayList<>();
        TurnReader turns = new TurnReader();
        for (Field field : array.fields()) {
            messages.add(message(field.asObject(), turns));
        }
        pictures.checkCount(messages);
        return messages;
    }

    private ChatMessage message(Fields message, TurnReader turns) {
        for (String name : message.names()) {
            checkMember(message, name);
        }
        Role role = role(message.required("role"));
        message.optional("name").ifPresent(Field::asText);
        Optional<Field> content = message.optional("content");
        if (content.isEmpty() && role != Role.ASSISTANT) {
            throw ApiException.at(
                    message.pathOf("content"),
                    ErrorCode.MISSING_REQUIRED_PARAMETER,
                    message.pathOf("content") + " is required.");
        }
        return new ChatMessage(
                role,
                content.map(given -> parts.read(given, role)).orElse(List.of()),
                TurnReader.reasoning(message, role),
                turns.calls(message, role),
                turns.result(message, role));
    }

    private static void checkMember(Fields message, String name) {
        if (MEMBERS.contains(name)) {
            return;
        }
        if (name.equals(NOTES)) {
            message.optional(name).ifPresent(Field::asObject);
            return;
        }
        if (!EMPTY_MEMBERS.contains(name)) {
            throw message.unknown(name);
        }
        message.optional(name).ifPresent(field -> {
            if (!(field.value() instanceof JsonArray array && array.isEmpty())) {
                throw message.unsupported(name, "");
            }
        });
    }

    private static Role role(Field field) {
        Role role = ROLES.get(field.asText());
        if (role == null) {
            field.asOneOf(ROLES.keySet());
            throw new IllegalStateException("a role is either known or refused");
        }
        return role;
    }

    private static Map<String, Role> roles() {
        Map<String, Role> roles = new LinkedHashMap<>(); // in the order in which a message lists them
        roles.put("system", Role.SYSTEM);
        roles.put("developer", Role.SYSTEM);
        roles.put("user", Role.USER);
        roles.put("assistant", Role.ASSISTANT);
        roles.put("tool", Role.TOOL);
        return roles;
    }
}
