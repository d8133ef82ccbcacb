package io.grevy.openai.tokens;

import io.grevy.openai.ApiException;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a request to tokenize, as OpenVINO Model Server ({@code text}) and vLLM ({@code prompt}) have it. */
final class TokenizeReader {

    /** The most texts of a request. */
    static final int MOST_TEXTS = 1024;

    /** The most characters of a request's texts, and the most tokens that it fills up to: a second's work or so. */
    static final int MOST = 1 << 20;

    static final Set<String> HONOURED = Set.of(
            "model",
            "text",
            "prompt",
            "add_special_tokens",
            "max_length",
            "pad_to_max_length",
            "padding_side",
            "return_token_strs");

    /** What vLLM takes besides: a conversation, and how its prompt is made. */
    static final Set<String> REFUSED = Set.of(
            "messages",
            "add_generation_prompt",
            "continue_final_message",
            "chat_template",
            "chat_template_kwargs",
            "media_io_kwargs",
            "mm_processor_kwargs",
            "tools");

    private TokenizeReader() {}

    /** @throws ApiException with the first error that is found */
    static TokenizeRequest read(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        checkNames(request);
        String model = request.required("model").asNonEmptyText();
        Field text = text(request);
        List<String> texts = texts(text);
        return new TokenizeRequest(
                model,
                texts,
                text.isString(),
                flag(request, "add_special_tokens", true),
                fitting(request, texts.size()));
    }

    private static void checkNames(Fields request) {
        for (String name : REFUSED) {
            request.optional(name).ifPresent(given -> {
                throw request.unsupported(name, "");
            });
        }
        for (String name : request.names()) {
            if (!HONOURED.contains(name) && !REFUSED.contains(name)) {
                throw request.unknown(name);
            }
        }
        if (flag(request, "return_token_strs", false)) {
            throw request.unsupported("return_token_strs", "only as false");
        }
    }

    /** Under one of its two names. */
    private static Field text(Fields request) {
        Optional<Field> prompt = request.optional("prompt");
        if (prompt.isEmpty()) {
            return request.required("text");
        }
        if (request.optional("text").isPresent()) {
            throw request.excludes("prompt", "cannot be combined with text; one of them is enough");
        }
        return prompt.get();
    }

    private static List<String> texts(Field field) {
        if (!field.isString() && !field.isArray()) {
            throw field.wrongType("a string or an array of strings");
        }
        List<Field> fields = field.isString() ? List.of(field) : elements(field);
        List<String> texts = fields.stream().map(Field::asText).toList();
        long characters = texts.stream().mapToLong(String::length).sum();
        if (characters > MOST) {
            throw field.invalid("may hold at most " + MOST + " characters, not " + characters);
        }
        return texts;
    }

    private static List<Field> elements(Field field) {
        Elements elements = field.asArray();
        if (elements.size() == 0 || elements.size() > MOST_TEXTS) {
            throw field.invalid("must hold between 1 and " + MOST_TEXTS + " texts, not " + elements.size());
        }
        return elements.fields();
    }

    private static Fitting fitting(Fields request, int texts) {
        Optional<Field> length = request.optional("max_length");
        OptionalInt longest = length.isPresent() ? OptionalInt.of(length.get().asInt(1, MOST)) : OptionalInt.empty();
        boolean pads = flag(request, "pad_to_max_length", false);
        Optional<String> side = request.optional("padding_side").map(field -> field.asOneOf(List.of("left", "right")));
        if (!pads) {
            if (side.isPresent()) {
                throw request.excludes("padding_side", "has a meaning only with pad_to_max_length");
            }
            return new Fitting(longest, Fitting.Padding.NONE);
        }
        if (longest.isEmpty()) {
            throw request.excludes("pad_to_max_length", "needs max_length");
        }
        if ((long) longest.getAsInt() * texts > MOST) {
            throw length.orElseThrow().invalid("of all texts together may be at most " + MOST + " with padding");
        }
        boolean left = side.orElse("right").equals("left");
        return new Fitting(longest, left ? Fitting.Padding.LEFT : Fitting.Padding.RIGHT);
    }

    private static boolean flag(Fields request, String name, boolean fallback) {
        return request.optional(name).map(Field::asBoolean).orElse(fallback);
    }
}
