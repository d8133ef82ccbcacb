package io.grevy.it;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an answer says, freed from how it is worded: two answers of a kind mean the same when these are equal, and none
 * when it says nothing to the point. The rule is that of {@code models/evaluate/meaning.py}.
 */
final class Meaning {

    static final Set<String> COLOURS = Set.of("red", "green", "blue", "yellow", "orange", "purple", "black", "white");
    static final Set<String> SHAPES = Set.of("circle", "square", "triangle", "star", "cross", "ring");
    private static final List<String> NUMBERS = List.of("no", "one", "two", "three", "four", "five");
    private static final Set<String> SIDES =
            Set.of("left", "right", "above", "below", "top", "bottom", "centre", "center", "middle");

    private Meaning() {}

    /** @param kind as the held-out set names it */
    static Optional<?> of(String kind, String answer) {
        List<String> words = found("[a-z]+", answer.toLowerCase(Locale.ROOT));
        return switch (kind) {
            case "colour" -> only(words.stream().filter(COLOURS::contains).collect(Collectors.toSet()));
            case "shape" -> only(words.stream().filter(SHAPES::contains).collect(Collectors.toSet()));
            case "count" -> count(answer);
            case "place" -> sides(words);
            case "yes/no" ->
                words.stream().limit(1).filter(Set.of("yes", "no")::contains).findFirst();
            case "digits" -> one(found("[0-9]+", answer));
            case "words" -> one(printed(answer));
            case "describe" ->
                some(words.stream()
                        .filter(word -> COLOURS.contains(word) || SHAPES.contains(word))
                        .toList());
            default -> throw new IllegalArgumentException("no rule for answers of the kind " + kind);
        };
    }

    private static Optional<BigInteger> count(String answer) {
        return only(found("[0-9]+|[a-z]+", answer.toLowerCase(Locale.ROOT)).stream()
                .filter(word -> Character.isDigit(word.charAt(0)) || NUMBERS.contains(word))
                .map(word -> NUMBERS.contains(word) ? BigInteger.valueOf(NUMBERS.indexOf(word)) : new BigInteger(word))
                .collect(Collectors.toSet()));
    }

    /** "At the top left" is top and left; where the sides of two things are asked, it is the first side named. */
    private static Optional<Set<String>> sides(List<String> words) {
        List<String> said = words.stream()
                .filter(SIDES::contains)
                .map(word -> Set.of("center", "middle").contains(word) ? "centre" : word)
                .toList();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        boolean ofTwo = Set.of("above", "below").contains(said.get(0));
        return Optional.of(ofTwo ? Set.of(said.get(0)) : Set.copyOf(said));
    }

    private static List<String> printed(String answer) {
        List<String> quoted = found("(?<=\")[A-Za-z0-9]+(?=\")", answer);
        return quoted.isEmpty() ? found("\\b[A-Z]{2,5}\\b", answer) : quoted;
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static <T> Optional<T> only(Set<T> said) {
        return said.size() == 1 ? Optional.of(said.iterator().next()) : Optional.empty();
    }

    private static Optional<String> one(List<String> said) {
        return said.size() == 1 ? Optional.of(said.get(0)) : Optional.empty();
    }

    private static Optional<List<String>> some(List<String> said) {
        return said.isEmpty() ? Optional.empty() : Optional.of(said);
    }
}
