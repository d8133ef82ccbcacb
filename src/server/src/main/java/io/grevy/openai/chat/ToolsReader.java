package io.grevy.openai.chat;

import io.grevy.inference.Choices;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import io.grevy.inference.ToolUse.Choice;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tools that the model may call. https://platform.openai.com/docs/guides/function-calling */
final class ToolsReader {

    private static final List<String> WORDS = List.of("none", "auto", "required");
    private static final String TYPE = "function";

    private ToolsReader() {}

    /** Nothing where there are no tools, or where none may be called. */
    static Optional<ToolUse> read(Fields request) {
        boolean parallel =
                request.optional("parallel_tool_calls").map(Field::asBoolean).orElse(true);
        List<ToolUse.Tool> tools = request.optional("tools")
                .map(Field::asArray)
                .map(array -> ToolDefinitions.read(array, ToolsReader::tool))
                .orElse(List.of());
        Optional<Field> choice = request.optional("tool_choice");
        if (tools.isEmpty()) {
            choice.ifPresent(given -> checkWithoutTools(request, given));
            return Optional.empty();
        }
        if (choice.isPresent()
                && choice.get().isString()
                && choice.get().asText().equals("none")) {
            return Optional.empty();
        }
        return Optional.of(
                new ToolUse(tools, choice.map(given -> choice(given, tools)).orElse(new Choice.Auto()), parallel));
    }

    /** Refuses what would break calls, or keep the model from them. */
    static void check(ToolUse use, Fields request, Choices choices, Stopping stopping, Optional<Structure> structure) {
        structure.ifPresent(given -> {
            String member = request.optional("response_format").isPresent() ? "response_format" : "structured_outputs";
            throw request.excludes(member, "cannot be combined with tools, unless tool_choice is 'none'");
        });
        String rule = "cannot be combined with tool_choice";
        if (use.forced() && choices.beams()) {
            throw request.excludes("use_beam_search", rule + ": beams do not obey it");
        }
        ToolDefinitions.checkEnd(use, request, stopping);
        if (use.forced() && stopping.minTokens() > 0) {
            throw request.excludes("min_tokens", rule);
        }
    }

    private static void checkWithoutTools(Fields request, Field choice) {
        if (!choice.isString() || choice.asOneOf(WORDS).equals("required")) {
            throw request.excludes("tool_choice", "needs tools");
        }
    }

    private static ToolUse.Tool tool(Fields tool) {
        tool.required("type").asOneOf(List.of(TYPE));
        tool.allowOnly(Set.of("type", TYPE));
        return tool(tool.required(TYPE).asObject(), tool.object());
    }

    private static ToolUse.Tool tool(Fields function, JsonObject whole) {
        function.allowOnly(Set.of("name", "description", "parameters", "strict"));
        function.optional("description").ifPresent(Field::asText);
        boolean strict = function.optional("strict").map(Field::asBoolean).orElse(false);
        return ToolDefinitions.tool(function.required("name"), function.optional("parameters"), strict, whole);
    }

    private static Choice choice(Field choice, List<ToolUse.Tool> tools) {
        if (choice.isString()) {
            return choice.asOneOf(WORDS).equals("required") ? new Choice.Required() : new Choice.Auto();
        }
        if (!choice.isObject()) {
            throw choice.wrongType("a string or an object");
        }
        Fields named = choice.asObject();
        named.required("type").asOneOf(List.of(TYPE));
        named.allowOnly(Set.of("type", TYPE));
        Fields function = named.required(TYPE).asObject();
        function.allowOnly(Set.of("name"));
        return new Choice.Named(
                ToolDefinitions.named(function.required("name"), tools).name());
    }
}
