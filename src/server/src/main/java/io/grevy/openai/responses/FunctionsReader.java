package io.grevy.openai.responses;

import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import io.grevy.inference.ToolUse.Choice;
import io.grevy.openai.chat.ToolDefinitions;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the functions that the model may call: their members stand beside the type. */
final class FunctionsReader {

    private static final List<String> WORDS = List.of("none", "auto", "required");
    private static final String TYPE = "function";

    private FunctionsReader() {}

    /** Nothing where there are no tools, or where none may be called. */
    static Optional<ToolUse> read(Fields request) {
        boolean parallel =
                request.optional("parallel_tool_calls").map(Field::asBoolean).orElse(true);
        List<ToolUse.Tool> tools = request.optional("tools")
                .map(Field::asArray)
                .map(array -> ToolDefinitions.read(array, FunctionsReader::tool))
                .orElse(List.of());
        Optional<Field> choice = request.optional("tool_choice");
        if (choice.isPresent() && choice.get().isString()) {
            return ofWord(choice.get(), tools, parallel);
        }
        if (choice.isPresent()) {
            return Optional.of(chosen(choice.get(), tools, parallel));
        }
        return tools.isEmpty() ? Optional.empty() : Optional.of(new ToolUse(tools, new Choice.Auto(), parallel));
    }

    /** Refuses what would break calls, or keep the model from them. */
    static void check(ToolUse use, Fields request, Stopping stopping, Optional<Structure> structure) {
        if (structure.isPresent()) {
            throw request.excludes("text", "cannot ask for JSON beside tools, unless tool_choice is 'none'");
        }
        ToolDefinitions.checkEnd(use, request, stopping);
    }

    private static ToolUse.Tool tool(Fields function) {
        checkType(function);
        function.allowOnly(Set.of("type", "name", "description", "parameters", "strict", "defer_loading", "async"));
        for (String name : List.of("defer_loading", "async")) {
            if (function.optional(name).map(Field::asBoolean).orElse(false)) {
                throw function.unsupported(name, "only as false");
            }
        }
        Field name = function.required("name");
        Optional<Field> parameters = function.optional("parameters");
        return ToolDefinitions.tool(
                name,
                parameters,
                function.optional("strict").map(Field::asBoolean).orElse(false),
                ToolDefinitions.definition(name, function.optional("description"), parameters));
    }

    /** There are many other types, which want tools of the server's own. */
    private static void checkType(Fields tool) {
        Field type = tool.required("type");
        if (!type.asText().equals(TYPE)) {
            throw tool.unsupported("type", "only as 'function', not as '" + type.asText() + "'");
        }
    }

    private static Optional<ToolUse> ofWord(Field choice, List<ToolUse.Tool> tools, boolean parallel) {
        boolean required = choice.asOneOf(WORDS).equals("required");
        if (required && tools.isEmpty()) {
            throw choice.invalid("needs tools");
        }
        return tools.isEmpty() || choice.asText().equals("none")
                ? Optional.empty()
                : Optional.of(new ToolUse(tools, required ? new Choice.Required() : new Choice.Auto(), parallel));
    }

    private static ToolUse chosen(Field field, List<ToolUse.Tool> tools, boolean parallel) {
        if (!field.isObject()) {
            throw field.wrongType("a string or an object");
        }
        if (tools.isEmpty()) {
            throw field.invalid("needs tools");
        }
        Fields choice = field.asObject();
        if (choice.required("type").asText().equals("allowed_tools")) {
            return allowed(choice, tools, parallel);
        }
        return new ToolUse(tools, new Choice.Named(named(choice, tools).name()), parallel);
    }

    /** The others are as if they were not there. */
    private static ToolUse allowed(Fields choice, List<ToolUse.Tool> tools, boolean parallel) {
        choice.allowOnly(Set.of("type", "mode", "tools"));
        boolean required =
                choice.required("mode").asOneOf(List.of("auto", "required")).equals("required");
        Field list = choice.required("tools");
        List<ToolUse.Tool> allowed = list.asArray().fields().stream()
                .map(tool -> named(tool.asObject(), tools))
                .distinct()
                .toList();
        if (allowed.isEmpty()) {
            throw list.invalid("must hold at least one tool");
        }
        return new ToolUse(allowed, required ? new Choice.Required() : new Choice.Auto(), parallel);
    }

    private static ToolUse.Tool named(Fields choice, List<ToolUse.Tool> tools) {
        checkType(choice);
        choice.allowOnly(Set.of("type", "name"));
        return ToolDefinitions.named(choice.required("name"), tools);
    }
}
