package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.inference.Choices;
import io.grevy.inference.Rendering;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import io.grevy.openai.structure.StructureReader;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a request's body and checks all of it that can be checked without the model and without loading pictures.
 * Thread-safe.
 */
@Component
class ChatRequestReader {

    /** The members that this server acts on; {@link ChatCompletionRequest} describes them to clients. */
    static final Set<String> HONOURED = Set.of(
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "stop",
            "stop_token_ids",
            "include_stop_str_in_output",
            "min_tokens",
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "ignore_eos",
            "num_assistant_tokens",
            "assistant_confidence_threshold",
            "max_ngram_size",
            "n",
            "best_of",
            "use_beam_search",
            "length_penalty",
            "logprobs",
            "skip_special_tokens",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "include_reasoning",
            "response_format",
            "structured_outputs",
            "reasoning_effort",
            "chat_template_kwargs",
            "add_generation_prompt",
            "continue_final_message",
            "stream",
            "stream_options");

    private static final Set<String> STREAM_OPTIONS =
            Set.of("include_usage", "include_obfuscation", "continuous_usage_stats");

    private final MessagesReader messages;
    private final int maxChoices;

    @Inject
    ChatRequestReader(MessagesReader messages, ChatSettings settings) {
        this.messages = messages;
        this.maxChoices = settings.maxChoices();
    }

    /** @throws ApiException with the first error that is found */
    ChatRequest read(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        OtherFields.check(request, HONOURED);
        String model = request.required("model").asNonEmptyText();
        AnswerForm form = form(request);
        List<ChatMessage> conversation =
                messages.read(request.required("messages").asArray());
        Sampling sampling = SamplingReader.sampling(request);
        Stopping stopping = StoppingReader.read(request);
        Choices choices = ChoicesReader.read(request, maxChoices);
        ChoicesReader.check(request, choices, sampling, stopping, form.stream());
        Optional<Structure> structure = StructureReader.read(request);
        structure.ifPresent(given -> checkBeside(given, request, choices, stopping));
        Optional<ToolUse> tools = ToolsReader.read(request);
        tools.ifPresent(given -> ToolsReader.check(given, request, choices, stopping, structure));
        return new ChatRequest(
                model,
                conversation,
                tools,
                PromptingReader.read(request, conversation),
                sampling,
                SamplingReader.assistance(request),
                stopping,
                choices,
                structure,
                new Rendering(
                        form.logProbs(),
                        !flag(request, "skip_special_tokens", true),
                        flag(request, "include_reasoning", true)),
                form);
    }

    private static AnswerForm form(Fields request) {
        boolean stream = flag(request, "stream", false);
        return new AnswerForm(
                stream,
                request.optional("stream_options")
                        .map(options -> includeUsage(options, stream))
                        .orElse(false),
                flag(request, "logprobs", false));
    }

    /** What would let an answer go on past the end of its structure, or not obey it at all. */
    private static void checkBeside(Structure structure, Fields request, Choices choices, Stopping stopping) {
        String rule = "cannot be combined with " + structure.field();
        if (choices.beams()) {
            throw request.excludes("use_beam_search", rule + ": beams do not obey it");
        }
        if (stopping.ignoreEos()) {
            throw request.excludes("ignore_eos", rule);
        }
        if (stopping.minTokens() > 0) {
            throw request.excludes("min_tokens", rule);
        }
    }

    private static boolean flag(Fields request, String name, boolean fallback) {
        return request.optional(name).map(Field::asBoolean).orElse(fallback);
    }

    private static boolean includeUsage(Field field, boolean stream) {
        Fields options = field.asObject();
        if (!stream) {
            throw field.invalid("is only allowed when stream is true");
        }
        options.allowOnly(STREAM_OPTIONS);
        // Padding against guessing tokens from packet lengths: accepted either way, and never sent.
        options.optional("include_obfuscation").ifPresent(Field::asBoolean);
        if (options.optional("continuous_usage_stats").map(Field::asBoolean).orElse(false)) {
            throw options.unsupported("continuous_usage_stats", "only as false");
        }
        return options.optional("include_usage").map(Field::asBoolean).orElse(false);
    }
}
