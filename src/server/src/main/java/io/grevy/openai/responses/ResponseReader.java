package io.grevy.openai.responses;

import io.grevy.component.Component;
import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.Rendering;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.AnswerForm;
import io.grevy.openai.chat.ChatRequest;
import io.grevy.openai.chat.OtherFields;
import io.grevy.openai.chat.SamplingReader;
import io.grevy.openai.chat.StoppingReader;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import io.grevy.openai.structure.BesideStructure;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads a request's body and checks all of it that can be checked without the model. Thread-safe. */
@Component
class ResponseReader {

    /** The members that this server acts on, or repeats in its answer. */
    static final Set<String> HONOURED = Set.of(
            "model",
            "input",
            "instructions",
            "max_output_tokens",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "stop",
            "ignore_eos",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "include",
            "stream",
            "metadata",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "max_tool_calls");

    /** Accepted where their value asks for what happens anyhow. */
    static final Set<String> ACCEPTED = Set.of("background", "truncation", "stream_options");

    /** What is done with these is the same as for a chat completion. */
    static final Set<String> OTHERS = Set.of("store", "service_tier", "top_logprobs", "prompt_cache_retention");

    /** Known, and refused by name whatever their value. */
    static final Set<String> REFUSED = Set.of(
            "previous_response_id",
            "conversation",
            "prompt",
            "context_management",
            "prompt_cache_options",
            "access_programs",
            "image",
            "moderation");

    private final ItemsReader items;

    @Inject
    ResponseReader(ItemsReader items) {
        this.items = items;
    }

    /** @throws ApiException with the first error that is found */
    ResponseRequest read(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        checkNames(request);
        String model = request.required("model").asNonEmptyText();
        boolean stream = flag(request, "stream", false);
        checkStreamOptions(request, stream);
        Stopping stopping = StoppingReader.read(request, StoppingReader.tokens(request, "max_output_tokens"));
        Choices choices = Choices.independent(1);
        Optional<Structure> structure = request.optional("text").flatMap(TextReader::structure);
        structure.ifPresent(given -> BesideStructure.check(given, request, choices, stopping));
        Optional<ToolUse> tools = FunctionsReader.read(request);
        tools.ifPresent(given -> FunctionsReader.check(given, request, stopping, structure));
        boolean logProbs = IncludeReader.logProbs(request);
        ChatRequest chat = new ChatRequest(
                model,
                items.read(request),
                tools,
                ReasoningReader.read(request),
                SamplingReader.sampling(request),
                Assistance.unspecified(),
                stopping,
                choices,
                structure,
                new Rendering(logProbs, false, true),
                new AnswerForm(stream, false, logProbs));
        return new ResponseRequest(chat, Echo.of(request));
    }

    private static void checkNames(Fields request) {
        for (String name : REFUSED) {
            request.optional(name).ifPresent(given -> {
                throw request.unsupported(name, "");
            });
        }
        Set<String> known = new HashSet<>(HONOURED);
        known.addAll(ACCEPTED);
        known.addAll(REFUSED); // null here
        OtherFields.check(request, known, OTHERS);
        if (flag(request, "background", false)) {
            throw request.unsupported("background", "only as false: nothing is stored");
        }
        request.optional("truncation").map(Field::asText).ifPresent(word -> {
            if (!word.equals("disabled")) {
                throw request.unsupported("truncation", "only as 'disabled'");
            }
        });
    }

    private static void checkStreamOptions(Fields request, boolean stream) {
        request.optional("stream_options").ifPresent(field -> {
            Fields options = field.asObject();
            if (!stream) {
                throw field.invalid("is only allowed when stream is true");
            }
            options.allowOnly(Set.of("include_obfuscation"));
            options.optional("include_obfuscation").ifPresent(Field::asBoolean);
        });
    }

    private static boolean flag(Fields request, String name, boolean fallback) {
        return request.optional(name).map(Field::asBoolean).orElse(fallback);
    }
}
