package io.grevy.anthropic;

import io.grevy.component.Component;
import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.Rendering;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.AnswerForm;
import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.chat.ChatRequest;
import io.grevy.openai.chat.SamplingReader;
import io.grevy.openai.chat.StoppingReader;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import io.grevy.openai.structure.BesideStructure;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a request's body and checks all of it that can be checked without the model. Thread-safe. */
@Component
class MessageReader {

    /** The members that this server acts on. */
    static final Set<String> HONOURED = Set.of(
            "model",
            "messages",
            "max_tokens",
            "system",
            "stop_sequences",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "ignore_eos",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "stream");

    /** Those of a request to count tokens. */
    static final Set<String> COUNTED =
            Set.of("model", "messages", "system", "tools", "tool_choice", "thinking", "output_config");

    private final TurnsReader turns;

    @Inject
    MessageReader(TurnsReader turns) {
        this.turns = turns;
    }

    /** @throws ApiException with the first error that is found */
    ChatRequest read(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        OtherMembers.check(request, HONOURED);
        request.required("max_tokens");
        return read(request);
    }

    /**
     * Of a request to count tokens, one to answer with a single token.
     *
     * @throws ApiException with the first error that is found
     */
    ChatRequest readToCount(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        OtherMembers.check(request, COUNTED);
        ChatRequest read = read(request);
        return new ChatRequest(
                read.model(),
                read.messages(),
                read.tools().map(use -> new ToolUse(use.tools(), new ToolUse.Choice.Auto(), use.parallel())),
                read.prompting(),
                read.sampling(),
                read.assistance(),
                stopping(request, OptionalInt.of(1)),
                read.choices(),
                Optional.empty(),
                read.rendering(),
                read.form());
    }

    private ChatRequest read(Fields request) {
        String model = request.required("model").asNonEmptyText();
        Stopping stopping = stopping(request, StoppingReader.tokens(request, "max_tokens"));
        Choices choices = Choices.independent(1);
        Optional<Structure> structure = OutputConfig.structure(request);
        structure.ifPresent(given -> BesideStructure.check(given, request, choices, stopping));
        Optional<ToolUse> tools = ToolsReader.read(request);
        tools.ifPresent(given -> ToolsReader.check(given, request, stopping, structure));
        List<ChatMessage> conversation = turns.read(request);
        ThinkingReader.Thinking thinking = ThinkingReader.read(request, stopping.maxTokens(), structure);
        return new ChatRequest(
                model,
                conversation,
                tools,
                thinking.prompting(request, conversation),
                SamplingReader.sampling(request),
                Assistance.unspecified(),
                stopping,
                choices,
                structure,
                new Rendering(false, false, thinking.told()),
                new AnswerForm(request.optional("stream").map(Field::asBoolean).orElse(false), false, false));
    }

    private static Stopping stopping(Fields request, OptionalInt maxTokens) {
        List<String> stops = request.optional("stop_sequences")
                .map(field -> {
                    field.asArray();
                    return StoppingReader.stopStrings(field);
                })
                .orElse(List.of());
        boolean ignoreEos = request.optional("ignore_eos").map(Field::asBoolean).orElse(false);
        return new Stopping(maxTokens, 0, stops, false, Set.of(), ignoreEos);
    }
}
