package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import jakarta.inject.Inject;
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
            "seed",
            "stop",
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "ignore_eos",
            "num_assistant_tokens",
            "assistant_confidence_threshold",
            "max_ngram_size",
            "n",
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
        boolean stream = request.optional("stream").map(Field::asBoolean).orElse(false);
        return new ChatRequest(
                model,
                messages.read(request.required("messages").asArray()),
                SamplingReader.sampling(request),
                SamplingReader.assistance(request),
                SamplingReader.stopping(request),
                request.optional("n").map(n -> n.asInt(1, maxChoices)).orElse(1),
                stream,
                request.optional("stream_options")
                        .map(options -> includeUsage(options, stream))
                        .orElse(false));
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
