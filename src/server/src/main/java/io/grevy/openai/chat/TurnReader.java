package io.grevy.openai.chat;

import io.grevy.inference.Message;
import io.grevy.inference.Role;
import io.grevy.inference.ToolCall;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a turn has beside its content: calls of tools, what they gave, and reasoning. For one conversation. */
final class TurnReader {

    /** The tools' names by the ids of the calls so far. */
    private final Map<String, String> called = new HashMap<>();

    List<ToolCall> calls(Fields message, Role role) {
        Optional<Field> field = message.optional("tool_calls");
        if (field.isEmpty()) {
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>();
        for (Field call : field.get().asArray().fields()) {
            if (role != Role.ASSISTANT) {
                throw field.get().invalid("is only allowed in messages of the assistant");
            }
            calls.add(call(call.asObject()));
        }
        return calls;
    }

    Optional<Message.Result> result(Fields message, Role role) {
        if (role != Role.TOOL) {
            message.optional("tool_call_id").ifPresent(field -> {
                throw field.invalid("is only allowed in messages of a tool");
            });
            return Optional.empty();
        }
        String id = message.required("tool_call_id").asNonEmptyText();
        String name = message.optional("name").map(Field::asText).orElse("");
        return Optional.of(new Message.Result(id, name.isEmpty() ? called.getOrDefault(id, "") : name));
    }

    static String reasoning(Fields message, Role role) {
        return message.optional("reasoning_content")
                .map(field -> {
                    if (role != Role.ASSISTANT) {
                        throw field.invalid("is only allowed in messages of the assistant");
                    }
                    return field.asText();
                })
                .orElse("");
    }

    private ToolCall call(Fields call) {
        call.allowOnly(Set.of("id", "type", "index", "function"));
        call.optional("type").ifPresent(type -> type.asOneOf(List.of("function")));
        call.optional("index").ifPresent(index -> index.asInt(0, Integer.MAX_VALUE));
        Fields function = call.required("function").asObject();
        function.allowOnly(Set.of("name", "arguments"));
        String id = call.required("id").asNonEmptyText();
        String name = function.required("name").asNonEmptyText();
        called.put(id, name);
        return new ToolCall(
                id, name, function.optional("arguments").map(Field::asText).orElse(""));
    }
}
