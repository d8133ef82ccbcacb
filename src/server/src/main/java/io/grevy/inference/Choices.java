package io.grevy.inference;

/**
 * How many answers are wanted, and from among how many they are taken.
 *
 * @param search how the candidates are found
 * @param count how many are wanted, at least 1
 * @param candidates from among how many, at least {@code count}; the likeliest ones are given
 * @param lengthPenalty with beams, the power of its length by which a beam's log probability is divided
 */
public record Choices(Search search, int count, int candidates, double lengthPenalty) {

    /** How candidates are found. */
    public enum Search {
        /** Each on its own, with a seed of its own. */
        SAMPLES,
        /** All together, as the likeliest continuations; they come at the end, all at once. */
        BEAMS
    }

    public Choices {
        if (count < 1 || candidates < count) {
            throw new IllegalArgumentException(count + " of " + candidates + " candidates");
        }
    }

    public static Choices independent(int count) {
        return new Choices(Search.SAMPLES, count, count, 1);
    }

    public static Choices bestOf(int count, int candidates) {
        return new Choices(Search.SAMPLES, count, candidates, 1);
    }

    public static Choices beams(int count, int width, double lengthPenalty) {
        return new Choices(Search.BEAMS, count, width, lengthPenalty);
    }

    public boolean beams() {
        return search == Search.BEAMS;
    }
}
