package io.grevy.openai.chat;

import io.grevy.inference.Stopping;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import io.grevy.openai.Json;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.structure.ArgumentSchema;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What every form of request has in common in its tools. */
public final class ToolDefinitions {

    private static final int MOST_TOOLS = 128;
    private static final String NAME = "[a-zA-Z0-9_-]{1,64}";

    private ToolDefinitions() {}

    /** @param reader reads one of them */
    public static List<ToolUse.Tool> read(Elements array, Function<Fields, ToolUse.Tool> reader) {
        if (array.size() > MOST_TOOLS) {
            throw new Field(array.path(), array.array()).invalid("may hold at most " + MOST_TOOLS + " tools");
        }
        List<ToolUse.Tool> tools = new ArrayList<>(array.size());
        Set<String> names = new HashSet<>();
        for (Field field : array.fields()) {
            ToolUse.Tool tool = reader.apply(field.asObject());
            if (!names.add(tool.name())) {
                throw field.invalid("has the name of an earlier one, '" + tool.name() + "'");
            }
            tools.add(tool);
        }
        return tools;
    }

    /** @param definition what the chat template is told */
    public static ToolUse.Tool tool(Field name, Optional<Field> parameters, boolean strict, JsonObject definition) {
        if (!name.asText().matches(NAME)) {
            throw name.invalid("must be 1 to 64 letters, digits, underscores and dashes");
        }
        ArgumentSchema schema = parameters.map(ArgumentSchema::of).orElse(new ArgumentSchema("", Optional.empty()));
        if (strict && schema.unenforceable().isPresent()) {
            throw schema.unenforceable().get();
        }
        return new ToolUse.Tool(
                name.asText(),
                definition.toString(),
                schema.json(),
                schema.unenforceable().map(ApiException::getMessage).orElse(""),
                strict);
    }

    /** The one of this name. */
    public static ToolUse.Tool named(Field name, List<ToolUse.Tool> tools) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name.asText()))
                .findFirst()
                .orElseThrow(() -> name.invalid("is none of the tools"));
    }

    /** Refuses an answer that is to go on behind its end, where that end is what makes a call whole. */
    public static void checkEnd(ToolUse use, Fields request, Stopping stopping) {
        if (use.forced() && stopping.ignoreEos()) {
            throw request.excludes("ignore_eos", "cannot be combined with tool_choice");
        }
    }

    /** The form that chat templates know, of a tool that a client described in another one. */
    public static JsonObject definition(Field name, Optional<Field> description, Optional<Field> parameters) {
        JsonObjectBuilder function = Json.object().add("name", name.asText());
        description.ifPresent(text -> function.add("description", text.asText()));
        parameters.ifPresent(
                schema -> function.add("parameters", schema.asObject().object()));
        return Json.object().add("type", "function").add("function", function).build();
    }
}
