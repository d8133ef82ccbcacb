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
import io.grevy.openai.structure.BesideStructure;
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
        structure.ifPresent(given -> BesideStructure.check(given, request, choices, stopping));
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
                stream, StreamOptionsReader.includeUsage(request, stream), flag(request, "logprobs", false));
    }

    private static boolean flag(Fields request, String name, boolean fallback) {
        return request.optional(name).map(Field::asBoolean).orElse(fallback);
    }
}
