package io.grevy.keys;

import java.util.List;

/**
 * Names of models: each is one, or ends with {@code *} and stands for all that begin so.
 *
 * @param patterns none allows none
 */
public record ModelNames(List<String> patterns) {

    private static final String ANY = "*";

    public ModelNames {
        patterns = List.copyOf(patterns);
    }

    public static ModelNames all() {
        return new ModelNames(List.of(ANY));
    }

    public boolean allow(String model) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, model));
    }

    private static boolean matches(String pattern, String model) {
        return pattern.endsWith(ANY)
                ? model.startsWith(pattern.substring(0, pattern.length() - ANY.length()))
                : model.equals(pattern);
    }
}
