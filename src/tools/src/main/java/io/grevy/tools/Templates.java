package io.grevy.tools;

import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells a chat template by the markers which stand in it. */
final class Templates {
    private Templates() {}

    static Predicate<String> any(String... markers) {
        return template -> Stream.of(markers).anyMatch(template::contains);
    }

    static Predicate<String> all(String... markers) {
        return template -> Stream.of(markers).allMatch(template::contains);
    }
}
