package io.grevy.openai.chat;

import io.grevy.inference.Prompting;
import io.grevy.inference.Prompting.Turn;
import io.grevy.inference.Role;
import io.grevy.openai.Json;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how the prompt is made: where it ends, and what the chat template is told besides the conversation. */
public final class PromptingReader {

    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh");

    /** What the server tells every template, and a client may not: by them it could write the prompt itself. */
    private static final Set<String> RESERVED = Set.of(
            "messages", "tools", "documents", "bos_token", "eos_token", "pad_token", "unk_token", "chat_template");

    private PromptingReader() {}

    static Prompting read(Fields request, List<ChatMessage> messages) {
        Optional<Field> kwargs = request.optional("chat_template_kwargs");
        Optional<Field> generationPrompt = kwargs.map(Field::asObject)
                .flatMap(members -> members.optional("add_generation_prompt"))
                .or(() -> request.optional("add_generation_prompt"));
        return new Prompting(turn(request, messages, generationPrompt), variables(request, kwargs));
    }

    /** How much the model is to think, in both ways that templates know. */
    public static Prompting ofEffort(Optional<Field> effort) {
        JsonObjectBuilder variables = Json.object();
        effort.ifPresent(given -> add(given, variables));
        return new Prompting(Turn.OPEN, text(variables));
    }

    private static void add(Field effort, JsonObjectBuilder variables) {
        String word = effort.asOneOf(EFFORTS);
        variables.add("enable_thinking", !word.equals("none"));
        if (!word.equals("none")) {
            variables.add("reasoning_effort", word);
        }
    }

    private static Turn turn(Fields request, List<ChatMessage> messages, Optional<Field> generationPrompt) {
        boolean continues =
                request.optional("continue_final_message").map(Field::asBoolean).orElse(false);
        boolean opens = generationPrompt.map(Field::asBoolean).orElse(!continues);
        if (continues && opens) {
            throw request.excludes("continue_final_message", "cannot be combined with add_generation_prompt");
        }
        if (continues && messages.get(messages.size() - 1).role() != Role.ASSISTANT) {
            throw request.excludes("continue_final_message", "needs a last message of the assistant");
        }
        if (continues) {
            return Turn.CONTINUED;
        }
        return opens ? Turn.OPEN : Turn.NONE;
    }

    /** An effort is told in both ways that templates know; what a client says itself takes precedence. */
    private static String variables(Fields request, Optional<Field> kwargs) {
        JsonObjectBuilder variables = Json.object();
        request.optional("reasoning_effort").ifPresent(effort -> add(effort, variables));
        kwargs.map(Field::asObject)
                .ifPresent(given -> given.object().forEach((name, value) -> {
                    if (RESERVED.contains(name)) {
                        throw given.excludes(name, "is not for clients to set");
                    }
                    if (!name.equals("add_generation_prompt")) {
                        variables.add(name, value);
                    }
                }));
        return text(variables);
    }

    private static String text(JsonObjectBuilder variables) {
        JsonObject all = variables.build();
        return all.isEmpty() ? "" : all.toString();
    }
}
