package io.grevy.inference;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the next token is chosen. What is absent falls back to the model's own {@code generation_config.json}, then to
 * the engine's default. The ranges are checked where the request enters, so every value here is valid.
 *
 * @param temperature 0 for greedy decoding, else the divisor of the logits
 * @param topP nucleus: the smallest set of tokens with this probability mass, in (0, 1]
 * @param topK the number of most likely tokens to choose from; absent for all
 * @param minP the least probability of a token, as a part of the likeliest one's, in [0, 1]
 * @param seed the random generator's start; absent for a random one
 * @param frequencyPenalty subtracted for each earlier occurrence of a token, in [-2, 2]
 * @param presencePenalty subtracted once for a token that occurred, in [-2, 2]
 * @param repetitionPenalty divides the logit of a token that occurred, above 0
 */
public record Sampling(
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalDouble minP,
        OptionalLong seed,
        OptionalDouble frequencyPenalty,
        OptionalDouble presencePenalty,
        OptionalDouble repetitionPenalty) {

    /** The model's own settings. */
    public static Sampling unspecified() {
        return new Sampling(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
