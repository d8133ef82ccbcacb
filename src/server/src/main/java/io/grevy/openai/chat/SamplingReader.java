package io.grevy.openai.chat;

import io.grevy.inference.Assistance;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.openai.ApiException;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.Range;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads how tokens are chosen and when to end, and checks the ranges. */
final class SamplingReader {

    static final int MOST_STOP_STRINGS = 16;

    private static final Range PENALTY = Range.between(-2, 2);

    /** Every vocabulary is smaller: choose from all. Absent would mean the model's own setting. */
    private static final int ALL = Integer.MAX_VALUE;

    private static final BigInteger LOWEST_SEED = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST_SEED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private SamplingReader() {}

    static Sampling sampling(Fields request) {
        return new Sampling(
                number(request, "temperature", Range.between(0, 2)),
                number(request, "top_p", Range.above(0, 1)),
                topK(request),
                seed(request),
                number(request, "frequency_penalty", PENALTY),
                number(request, "presence_penalty", PENALTY),
                number(request, "repetition_penalty", Range.above(0, 100)));
    }

    static Assistance assistance(Fields request) {
        OptionalInt tokens = count(request, "num_assistant_tokens");
        OptionalDouble threshold = number(request, "assistant_confidence_threshold", Range.above(0, 1));
        if (tokens.isPresent() && threshold.isPresent()) {
            throw request.required("assistant_confidence_threshold")
                    .invalid("must not be given together with num_assistant_tokens; one of them is enough");
        }
        return new Assistance(tokens, threshold, count(request, "max_ngram_size"));
    }

    private static OptionalInt count(Fields request, String name) {
        Optional<Field> field = request.optional(name);
        return field.isPresent() ? OptionalInt.of(field.get().asInt(1, Assistance.MOST_TOKENS)) : OptionalInt.empty();
    }

    static Stopping stopping(Fields request) {
        return new Stopping(
                maxTokens(request),
                request.optional("stop").map(SamplingReader::stopStrings).orElse(List.of()),
                request.optional("ignore_eos").map(Field::asBoolean).orElse(false));
    }

    private static OptionalDouble number(Fields request, String name, Range range) {
        Optional<Field> field = request.optional(name);
        return field.isPresent() ? OptionalDouble.of(field.get().asNumber(range)) : OptionalDouble.empty();
    }

    private static OptionalInt topK(Fields request) {
        Optional<Field> field = request.optional("top_k");
        if (field.isEmpty()) {
            return OptionalInt.empty();
        }
        int topK = field.get().asInt(-1, Integer.MAX_VALUE);
        if (topK == 0) {
            throw field.get().invalid("must be at least 1, or -1 for all, not 0");
        }
        return OptionalInt.of(topK == -1 ? ALL : topK);
    }

    /** The 64 bits of it: a negative seed and its two's complement are one. */
    private static OptionalLong seed(Fields request) {
        Optional<Field> field = request.optional("seed");
        return field.isPresent()
                ? OptionalLong.of(
                        field.get().asInteger(LOWEST_SEED, HIGHEST_SEED).longValue())
                : OptionalLong.empty();
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

    private static OptionalInt tokens(Fields request, String name) {
        Optional<Field> field = request.optional(name);
        return field.isPresent() ? OptionalInt.of(field.get().asInt(1, Integer.MAX_VALUE)) : OptionalInt.empty();
    }

    private static List<String> stopStrings(Field stop) {
        if (stop.isString()) {
            return List.of(stop.asNonEmptyText());
        }
        if (!stop.isArray()) {
            throw stop.wrongType("a string or an array of strings");
        }
        Elements strings = stop.asArray();
        if (strings.size() > MOST_STOP_STRINGS) {
            throw stop.invalid("must hold at most " + MOST_STOP_STRINGS + " strings, not " + strings.size());
        }
        return strings.fields().stream().map(Field::asNonEmptyText).toList();
    }
}
