package io.grevy.anthropic;

import io.grevy.inference.Prompting;
import io.grevy.inference.Prompting.Turn;
import io.grevy.inference.Role;
import io.grevy.inference.Structure;
import io.grevy.openai.Json;
import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads whether the model is to think, and what the chat template is told of that. */
final class ThinkingReader {

    private static final String NAME = "thinking";

    private ThinkingReader() {}

    /** Without a word about it, a model does not think. */
    static Thinking read(Fields request, OptionalInt maxTokens, Optional<Structure> structure) {
        Optional<Fields> thinking = request.optional(NAME).map(Field::asObject);
        String type = thinking.map(given -> given.required("type").asOneOf(List.of("enabled", "disabled", "adaptive")))
                .orElse("disabled");
        thinking.ifPresent(given -> check(given, type, maxTokens));
        if (type.equals("enabled") && structure.isPresent()) {
            throw request.excludes(NAME, "cannot be enabled beside output_config.format");
        }
        return new Thinking(type);
    }

    private static void check(Fields thinking, String type, OptionalInt maxTokens) {
        switch (type) {
            case "enabled" -> {
                thinking.allowOnly(Set.of("type", "budget_tokens", "display"));
                Field budget = thinking.required("budget_tokens");
                if (budget.asInt(1, Integer.MAX_VALUE) >= maxTokens.orElse(Integer.MAX_VALUE)) {
                    throw budget.invalid("must be below max_tokens");
                }
            }
            case "adaptive" -> thinking.allowOnly(Set.of("type", "display"));
            default -> thinking.allowOnly(Set.of("type"));
        }
        thinking.optional("display").map(Field::asText).ifPresent(word -> {
            if (!word.equals("summarized")) {
                throw thinking.unsupported("display", "only as 'summarized'");
            }
        });
    }

    /** @param type enabled, disabled, or adaptive: as the model has it */
    record Thinking(String type) {

        /** Whether reasoning is part of the answer. */
        boolean told() {
            return !type.equals("disabled");
        }

        /** Where the last message is the assistant's, the model goes on with it. */
        Prompting prompting(Fields request, List<ChatMessage> conversation) {
            ChatMessage last = conversation.get(conversation.size() - 1);
            boolean continues = last.role() == Role.ASSISTANT && last.calls().isEmpty();
            if (continues && type.equals("enabled")) {
                throw request.excludes(NAME, "cannot be enabled where the model goes on with a message");
            }
            JsonObjectBuilder variables = Json.object();
            if (!type.equals("adaptive")) {
                variables.add("enable_thinking", type.equals("enabled"));
            }
            OutputConfig.effort(request).ifPresent(effort -> variables.add("reasoning_effort", effort));
            JsonObject all = variables.build();
            return new Prompting(
                    continues ? Turn.CONTINUED : Turn.OPEN,
                    all.isEmpty() ? "" : all.toString(),
                    type.equals("enabled") ? NAME : "");
        }
    }
}
