package io.grevy.openai.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed access to configuration. A value that isn't allowed fails with the key, the value, and what is allowed.
 *
 * @param lookup the configured text of a key
 */
record SettingsSource(Function<String, Optional<String>> lookup) {

    long size(String key, long fallback, long lowest, long highest) {
        Optional<String> text = lookup.apply(key).map(String::strip).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= lowest && value <= highest) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(key, text.get(), wholeNumber(lowest, highest), e);
        }
        throw refused(key, text.get(), wholeNumber(lowest, highest), null);
    }

    int count(String key, int fallback, int lowest, int highest) {
        return (int) size(key, fallback, lowest, highest);
    }

    Duration seconds(String key, int fallback, int lowest, int highest) {
        return Duration.ofSeconds(size(key, fallback, lowest, highest));
    }

    /** @param parser throws {@link IllegalArgumentException} with a message that says what is allowed */
    <T> T text(String key, String fallback, Function<String, T> parser) {
        String text = lookup.apply(key).orElse(fallback);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refused(key, text, String.valueOf(e.getMessage()), e);
        }
    }

    private static String wholeNumber(long lowest, long highest) {
        return highest == Long.MAX_VALUE
                ? "a whole number of at least " + lowest
                : "a whole number between " + lowest + " and " + highest;
    }

    private static IllegalArgumentException refused(
            String key, String value, String allowed, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(key + " is '" + value + "'; allowed is " + allowed, cause);
    }
}
