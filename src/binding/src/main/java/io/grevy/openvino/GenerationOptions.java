package io.grevy.openvino;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request's options by the engine's own names. Each is given in exactly the type that the engine reads: of another it
 * would throw or, worse, take a default.
 */
final class GenerationOptions {
    private static final Map<String, Type> TYPES = Map.ofEntries(
            // when to end
            entry("max_new_tokens", GenerationOptions::putSize),
            entry("max_length", GenerationOptions::putSize),
            entry("min_new_tokens", GenerationOptions::putSize),
            entry("ignore_eos", GenerationOptions::putBoolean),
            entry("eos_token_id", GenerationOptions::putToken),
            entry("stop_token_ids", GenerationOptions::putTokens),
            entry("stop_strings", GenerationOptions::putTexts),
            entry("include_stop_str_in_output", GenerationOptions::putBoolean),
            // how to choose
            entry("do_sample", GenerationOptions::putBoolean),
            entry("temperature", GenerationOptions::putFloat),
            entry("top_p", GenerationOptions::putFloat),
            entry("top_k", GenerationOptions::putSize),
            entry("min_p", GenerationOptions::putFloat),
            entry("rng_seed", GenerationOptions::putSize),
            entry("repetition_penalty", GenerationOptions::putFloat),
            entry("presence_penalty", GenerationOptions::putFloat),
            entry("frequency_penalty", GenerationOptions::putFloat),
            entry("no_repeat_ngram_size", GenerationOptions::putSize),
            entry("logprobs", GenerationOptions::putSize),
            // beams, which do not sample
            entry("num_beams", GenerationOptions::putSize),
            entry("num_return_sequences", GenerationOptions::putSize),
            entry("length_penalty", GenerationOptions::putFloat),
            // speculation
            entry("assistant_confidence_threshold", GenerationOptions::putFloat),
            entry("num_assistant_tokens", GenerationOptions::putSize),
            entry("max_ngram_size", GenerationOptions::putSize),
            // structure, one of these
            entry("json_schema", GenerationOptions::putStructure),
            entry("regex", GenerationOptions::putStructure),
            entry("grammar", GenerationOptions::putStructure),
            entry("structural_tag", GenerationOptions::putStructure));

    private static final Set<String> STRUCTURES = Set.of("json_schema", "regex", "grammar", "structural_tag");

    private GenerationOptions() {}

    /** The caller closes it. */
    static GenAi.Options of(Map<String, Object> generation) {
        if (generation.keySet().stream().filter(STRUCTURES::contains).count() > 1) {
            throw new IllegalArgumentException("only one of json_schema, regex, grammar and structural_tag");
        }
        GenAi.Options options = new GenAi.Options();
        try {
            generation.forEach((name, value) -> {
                Type type = TYPES.get(name);
                if (type == null) {
                    throw new IllegalArgumentException(
                            "unknown option " + name + ", known are " + new TreeSet<>(TYPES.keySet()));
                }
                type.put(options, name, value);
            });
            return options;
        } catch (RuntimeException e) {
            options.close();
            throw NativeHandle.asThrown(e);
        }
    }

    /** Puts a value under its name, or throws IllegalArgumentException. */
    private interface Type {
        void put(GenAi.Options options, String name, Object value);
    }

    private static void putSize(GenAi.Options options, String name, Object value) {
        long size = integer(name, value);
        if (size < 0) {
            throw wrong(name, "at least 0", value);
        }
        byte[] key = Utf8.encode(name);
        options.putSize(key, key.length, size);
    }

    private static void putToken(GenAi.Options options, String name, Object value) {
        byte[] key = Utf8.encode(name);
        options.putLong(key, key.length, integer(name, value));
    }

    private static void putFloat(GenAi.Options options, String name, Object value) {
        if (!(value instanceof Number number) || !Float.isFinite(number.floatValue())) {
            throw wrong(name, "a finite number", value);
        }
        byte[] key = Utf8.encode(name);
        options.putFloat(key, key.length, number.floatValue());
    }

    private static void putBoolean(GenAi.Options options, String name, Object value) {
        if (!(value instanceof Boolean flag)) {
            throw wrong(name, "true or false", value);
        }
        byte[] key = Utf8.encode(name);
        options.putBoolean(key, key.length, flag);
    }

    private static void putTexts(GenAi.Options options, String name, Object value) {
        byte[] key = Utf8.encode(name);
        for (Object element : elements(name, "texts", value)) {
            if (!(element instanceof String text)) {
                throw wrong(name, "texts", element);
            }
            byte[] bytes = Utf8.encode(text);
            options.addText(key, key.length, bytes, bytes.length);
        }
    }

    private static void putTokens(GenAi.Options options, String name, Object value) {
        long[] tokens = elements(name, "token ids", value).stream()
                .mapToLong(token -> integer(name, token))
                .toArray();
        byte[] key = Utf8.encode(name);
        options.putTokens(key, key.length, tokens, tokens.length);
    }

    private static void putStructure(GenAi.Options options, String name, Object value) {
        if (!(value instanceof String text)) {
            throw wrong(name, "a text", value);
        }
        byte[] key = Utf8.encode(name);
        byte[] bytes = Utf8.encode(text);
        options.putStructure(key, key.length, bytes, bytes.length);
    }

    private static Collection<?> elements(String name, String what, Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        throw wrong(name, "a collection of " + what, value);
    }

    private static long integer(String name, Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "an integer", value);
    }

    /** Without the value itself where that may be a user's text. */
    private static IllegalArgumentException wrong(String name, String what, Object value) {
        Object shown = value instanceof Number || value instanceof Boolean
                ? value
                : "a " + value.getClass().getSimpleName();
        return new IllegalArgumentException(name + " must be " + what + ", is " + shown);
    }
}
