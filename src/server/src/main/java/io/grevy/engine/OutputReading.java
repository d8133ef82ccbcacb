package io.grevy.engine;

import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import io.grevy.tools.OutputFormat;
import io.grevy.tools.StructuralTag;
import io.grevy.tools.Tool;
import io.grevy.tools.ToolChoice;
import io.grevy.tools.ToolFormat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How calls of tools and reasoning are told from the text of a model, and how calls are forced. Thread-safe.
 *
 * @param format of the model; of both kinds, one or none
 * @param guided whether the arguments of every call have to obey their schema
 */
record OutputReading(OutputFormat format, boolean guided) {

    /** Their chat templates refuse other ids than those of nine letters and digits. */
    private static final Set<ToolFormat> SHORT_IDS = EnumSet.of(ToolFormat.MISTRAL, ToolFormat.DEVSTRAL);

    /** Refuses tools and reasoning of which the model knows nothing, and schemas that would not be obeyed. */
    void check(InferenceRequest request) throws RefusedRequestException {
        String thinking = request.prompting().thinking();
        if (!thinking.isEmpty() && format.reasoning().isEmpty()) {
            throw new RefusedRequestException(
                    Reason.NOT_SUPPORTED,
                    thinking,
                    thinking + " is not supported by this model: its chat template shows no known form of reasoning.");
        }
        if (request.tools().isEmpty()) {
            return;
        }
        if (format.tools().isEmpty()) {
            throw new RefusedRequestException(
                    Reason.NOT_SUPPORTED,
                    "tools",
                    "tools is not supported by this model: its chat template shows no known form of calls.");
        }
        for (ToolUse.Tool tool : request.tools().get().tools()) {
            boolean obeys = guided || tool.strict();
            if (obeys && request.choices().beams()) {
                throw new RefusedRequestException(
                        Reason.NOT_SUPPORTED,
                        "use_beam_search",
                        "use_beam_search cannot be combined with tools whose schema is obeyed: beams do not obey it.");
            }
            if (obeys && !tool.unenforceable().isEmpty()) {
                throw new RefusedRequestException(Reason.INVALID_VALUE, "tools", tool.unenforceable());
            }
        }
    }

    /** Whether the parser needs the special tokens of the text. */
    boolean needsSpecialTokens(InferenceRequest request) {
        return of(request).needsSpecialTokens();
    }

    /** What forces calls, or what they obey, where the request or the model wants it. */
    Optional<Structure> structure(InferenceRequest request, String prompt) {
        if (request.tools().isEmpty()) {
            return Optional.empty();
        }
        ToolUse use = request.tools().get();
        boolean obeys = guided || use.tools().stream().anyMatch(ToolUse.Tool::strict);
        if (!use.forced() && !obeys) {
            return Optional.empty();
        }
        String field = use.forced() ? "tool_choice" : "tools";
        Optional<StructuralTag> tag =
                format.structure(tools(use), choice(use), use.parallel(), format.beginsInReasoning(prompt));
        return tag.map(given -> new Structure(Structure.Kind.STRUCTURAL_TAG, given.json(), field));
    }

    /** A parser for each choice; nothing where all of the text is for the reader. */
    Optional<OutputParsers> parsers(InferenceRequest request, String prompt) {
        OutputFormat read = of(request);
        if (read.tools().isEmpty() && read.reasoning().isEmpty()) {
            return Optional.empty();
        }
        List<Tool> tools = request.tools().map(OutputReading::tools).orElse(List.of());
        boolean inside = read.beginsInReasoning(prompt);
        return Optional.of(new OutputParsers(
                () -> read.parser(tools, inside),
                read.tools().filter(SHORT_IDS::contains).isPresent() ? CallIds::ofNine : CallIds::usual,
                request.tools().map(ToolUse::parallel).orElse(true),
                request.rendering().reasoning()));
    }

    /**
     * A structure of the client's is obeyed from the first token, so nothing else is in such a text; and after a raw
     * prompt all is text.
     */
    private OutputFormat of(InferenceRequest request) {
        if (request.structure().isPresent() || !request.prompting().raw().isEmpty()) {
            return new OutputFormat(Optional.empty(), Optional.empty());
        }
        return request.tools().isPresent() ? format : format.withoutTools();
    }

    private static List<Tool> tools(ToolUse use) {
        return use.tools().stream()
                .map(tool -> new Tool(tool.name(), object(tool.schemaJson())))
                .toList();
    }

    private static ToolChoice choice(ToolUse use) {
        if (use.choice() instanceof ToolUse.Choice.Named named) {
            return new ToolChoice.Named(named.name());
        }
        return use.forced() ? new ToolChoice.Required() : new ToolChoice.Auto();
    }

    private static JsonObject object(String json) {
        if (json.isEmpty()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
