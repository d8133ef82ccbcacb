package io.grevy.openai.chat;

import io.grevy.inference.Stopping;
import io.grevy.openai.ApiException;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads when an answer ends, and checks the ranges. */
public final class StoppingReader {

    static final int MOST_STOPS = 16;

    private StoppingReader() {}

    public static Stopping read(Fields request) {
        return read(request, maxTokens(request));
    }

    /** @param maxTokens read by {@link #tokens} under another name */
    public static Stopping read(Fields request, OptionalInt maxTokens) {
        Stopping stopping = new Stopping(
                maxTokens,
                minTokens(request, maxTokens),
                request.optional("stop").map(StoppingReader::stopStrings).orElse(List.of()),
                flag(request, "include_stop_str_in_output"),
                request.optional("stop_token_ids")
                        .map(StoppingReader::stopTokens)
                        .orElse(Set.of()),
                flag(request, "ignore_eos"));
        if (stopping.ignoreEos() && !stopping.stopTokens().isEmpty()) {
            throw request.excludes("stop_token_ids", "cannot be combined with ignore_eos: the engine ignores both");
        }
        return stopping;
    }

    private static boolean flag(Fields request, String name) {
        return request.optional(name).map(Field::asBoolean).orElse(false);
    }

    private static int minTokens(Fields request, OptionalInt maxTokens) {
        Optional<Field> field = request.optional("min_tokens");
        int least = field.map(given -> given.asInt(0, Integer.MAX_VALUE)).orElse(0);
        if (maxTokens.isPresent() && least > maxTokens.getAsInt()) {
            throw field.orElseThrow()
                    .invalid("must be at most max_tokens, which is " + maxTokens.getAsInt() + ", not " + least);
        }
        return least;
    }

    private static Set<Integer> stopTokens(Field field) {
        Elements ids = bounded(field.asArray(), field);
        Set<Integer> tokens = new LinkedHashSet<>();
        ids.fields().forEach(id -> tokens.add(id.asInt(0, Integer.MAX_VALUE)));
        return tokens;
    }

    /** {@code max_completion_tokens} is the newer name of {@code max_tokens}: both may be given if they agree. */
    private static OptionalInt maxTokens(Fields request) {
        OptionalInt older = tokens(request, "max_tokens");
        OptionalInt newer = tokens(request, "max_completion_tokens");
        if (older.isPresent() && newer.isPresent() && older.getAsInt() != newer.getAsInt()) {
            throw differing(request);
        }
        return newer.isPresent() ? newer : older;
    }

    private static ApiException differing(Fields request) {
        return request.required("max_tokens")
                .invalid("must not differ from max_completion_tokens; one of them is enough");
    }

    /** The most tokens of a choice, under this name. */
    public static OptionalInt tokens(Fields request, String name) {
        Optional<Field> field = request.optional(name);
        return field.isPresent() ? OptionalInt.of(field.get().asInt(1, Integer.MAX_VALUE)) : OptionalInt.empty();
    }

    /** A string, or an array of up to {@link #MOST_STOPS}. */
    public static List<String> stopStrings(Field stop) {
        if (stop.isString()) {
            return List.of(stop.asNonEmptyText());
        }
        if (!stop.isArray()) {
            throw stop.wrongType("a string or an array of strings");
        }
        return bounded(stop.asArray(), stop).fields().stream()
                .map(Field::asNonEmptyText)
                .toList();
    }

    private static Elements bounded(Elements elements, Field field) {
        if (elements.size() > MOST_STOPS) {
            throw field.invalid("must hold at most " + MOST_STOPS + " elements, not " + elements.size());
        }
        return elements;
    }
}
