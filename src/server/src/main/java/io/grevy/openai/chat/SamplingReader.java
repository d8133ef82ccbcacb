package io.grevy.openai.chat;

import io.grevy.inference.Assistance;
import io.grevy.inference.Sampling;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.Range;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads how tokens are chosen, and checks the ranges. */
public final class SamplingReader {

    private static final Range PENALTY = Range.between(-2, 2);

    /** Every vocabulary is smaller: choose from all. Absent would mean the model's own setting. */
    private static final int ALL = Integer.MAX_VALUE;

    private static final BigInteger LOWEST_SEED = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST_SEED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private SamplingReader() {}

    public static Sampling sampling(Fields request) {
        return new Sampling(
                number(request, "temperature", Range.between(0, 2)),
                number(request, "top_p", Range.above(0, 1)),
                topK(request),
                number(request, "min_p", Range.between(0, 1)),
                seed(request),
                number(request, "frequency_penalty", PENALTY),
                number(request, "presence_penalty", PENALTY),
                number(request, "repetition_penalty", Range.above(0, 100)));
    }

    public static Assistance assistance(Fields request) {
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
}
