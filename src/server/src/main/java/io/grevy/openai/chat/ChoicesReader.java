package io.grevy.openai.chat;

import io.grevy.inference.Choices;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.Range;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads how many answers are wanted and how they are found, and checks what that rules out. */
public final class ChoicesReader {

    private static final Range LENGTH_PENALTY = Range.between(-10, 10);

    private ChoicesReader() {}

    /** @param most the most candidates of one request */
    public static Choices read(Fields request, int most) {
        int count = request.optional("n").map(n -> n.asInt(1, most)).orElse(1);
        Optional<Field> bestOf = request.optional("best_of");
        int candidates = bestOf.map(field -> field.asInt(1, most)).orElse(count);
        if (candidates < count) {
            throw bestOf.orElseThrow().invalid("must be at least n, which is " + count + ", not " + candidates);
        }
        boolean beams =
                request.optional("use_beam_search").map(Field::asBoolean).orElse(false);
        Optional<Field> penalty = request.optional("length_penalty");
        double lengthPenalty =
                penalty.map(field -> field.asNumber(LENGTH_PENALTY)).orElse(1.0);
        if (beams) {
            if (candidates < 2) {
                throw request.excludes("use_beam_search", "needs best_of or n of at least 2, the number of beams");
            }
            return Choices.beams(count, candidates, lengthPenalty);
        }
        if (lengthPenalty != 1) {
            throw penalty.orElseThrow().invalid("other than 1 has a meaning only with use_beam_search");
        }
        return Choices.bestOf(count, candidates);
    }

    /** Refuses what would have no effect beside beams, or beside a choice among candidates. */
    public static void check(Fields request, Choices choices, Sampling sampling, Stopping stopping, boolean stream) {
        if (stream && choices.candidates() > choices.count()) {
            throw request.excludes("best_of", "above n cannot be combined with stream: the best is known at the end");
        }
        if (!choices.beams()) {
            return;
        }
        if (stream) {
            throw request.excludes("use_beam_search", "cannot be combined with stream: beams come at the end");
        }
        only(request, "temperature", sampling.temperature(), 0, 1);
        only(request, "top_p", sampling.topP(), 1, 1);
        only(request, "min_p", sampling.minP(), 0, 0);
        only(request, "frequency_penalty", sampling.frequencyPenalty(), 0, 0);
        only(request, "presence_penalty", sampling.presencePenalty(), 0, 0);
        only(request, "repetition_penalty", sampling.repetitionPenalty(), 1, 1);
        refuse(request, "top_k", sampling.topK().orElse(Integer.MAX_VALUE) < Integer.MAX_VALUE);
        refuse(request, "min_tokens", stopping.minTokens() > 0);
        refuse(request, "ignore_eos", stopping.ignoreEos());
    }

    private static void only(Fields request, String name, OptionalDouble value, double either, double or) {
        refuse(request, name, value.isPresent() && value.getAsDouble() != either && value.getAsDouble() != or);
    }

    private static void refuse(Fields request, String name, boolean given) {
        if (given) {
            throw request.excludes(name, "has no effect on beams: it cannot be combined with use_beam_search");
        }
    }
}
