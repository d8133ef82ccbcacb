package io.grevy.anthropic;

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

/** Reads the tools that the model may call. https://docs.anthropic.com/en/api/messages */
final class ToolsReader {

    private static final List<String> CHOICES = List.of("auto", "any", "tool", "none");

    private ToolsReader() {}

    /** Nothing where there are no tools, or where none may be called. */
    static Optional<ToolUse> read(Fields request) {
        List<ToolUse.Tool> tools = request.optional("tools")
                .map(Field::asArray)
                .map(array -> ToolDefinitions.read(array, ToolsReader::tool))
                .orElse(List.of());
        Optional<Field> field = request.optional("tool_choice");
        if (field.isEmpty()) {
            return tools.isEmpty() ? Optional.empty() : Optional.of(new ToolUse(tools, new Choice.Auto(), true));
        }
        Fields choice = field.get().asObject();
        String type = choice.required("type").asOneOf(CHOICES);
        choice.allowOnly(members(type));
        boolean parallel = !choice.optional("disable_parallel_tool_use")
                .map(Field::asBoolean)
                .orElse(false);
        if (type.equals("none")) {
            return Optional.empty();
        }
        if (tools.isEmpty()) {
            throw field.get().invalid("needs tools");
        }
        return Optional.of(new ToolUse(tools, choice(choice, type, tools), parallel));
    }

    /** Refuses what would break calls, or keep the model from them. */
    static void check(ToolUse use, Fields request, Stopping stopping, Optional<Structure> structure) {
        if (structure.isPresent()) {
            throw request.excludes(
                    "output_config", "cannot have a format beside tools, unless tool_choice is of the type none");
        }
        ToolDefinitions.checkEnd(use, request, stopping);
    }

    private static Set<String> members(String type) {
        return switch (type) {
            case "none" -> Set.of("type");
            case "tool" -> Set.of("type", "name", "disable_parallel_tool_use");
            default -> Set.of("type", "disable_parallel_tool_use");
        };
    }

    private static Choice choice(Fields choice, String type, List<ToolUse.Tool> tools) {
        if (!type.equals("tool")) {
            return type.equals("any") ? new Choice.Required() : new Choice.Auto();
        }
        return new Choice.Named(
                ToolDefinitions.named(choice.required("name"), tools).name());
    }

    private static ToolUse.Tool tool(Fields tool) {
        tool.optional("type").map(Field::asText).ifPresent(type -> {
            if (!type.equals("custom")) {
                throw tool.unsupported("type", "only as 'custom', not as '" + type + "'");
            }
        });
        tool.allowOnly(Set.of(
                "type",
                "name",
                "description",
                "input_schema",
                "strict",
                "cache_control",
                "eager_input_streaming",
                "defer_loading",
                "allowed_callers",
                "input_examples"));
        checkOthers(tool);
        Field name = tool.required("name");
        Optional<Field> schema = Optional.of(tool.required("input_schema"));
        return ToolDefinitions.tool(
                name,
                schema,
                tool.optional("strict").map(Field::asBoolean).orElse(false),
                ToolDefinitions.definition(name, tool.optional("description"), schema));
    }

    private static void checkOthers(Fields tool) {
        OtherMembers.checkCacheControl(tool);
        OtherMembers.checkEmpty(tool, "input_examples");
        tool.optional("eager_input_streaming").ifPresent(Field::asBoolean); // input always leaves as it comes
        if (tool.optional("defer_loading").map(Field::asBoolean).orElse(false)) {
            throw tool.unsupported("defer_loading", "only as false");
        }
        tool.optional("allowed_callers")
                .ifPresent(callers -> callers.asArray().fields().forEach(caller -> caller.asOneOf(List.of("direct"))));
    }
}
