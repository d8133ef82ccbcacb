package io.grevy.component;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Reads checked values from MicroProfile Config, for the settings records. */
public final class Settings {

    private final Config config;

    public Settings(Config config) {
        this.config = config;
    }

    public Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    public boolean flag(String key, boolean otherwise) {
        return text(key).map(value -> parse(key, value)).orElse(otherwise);
    }

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    public int integer(String key, int otherwise, int least, int most) {
        return Math.toIntExact(number(key, otherwise, least, most));
    }

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    public long number(String key, long otherwise, long least, long most) {
        return text(key).map(value -> parse(key, value, least, most)).orElse(otherwise);
    }

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    public Duration seconds(String key, long otherwise, long least, long most) {
        return Duration.ofSeconds(number(key, otherwise, least, most));
    }

    private static boolean parse(String key, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("%s is '%s'; it must be true or false".formatted(key, value));
        };
    }

    private static long parse(String key, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says it.
        }
        throw new IllegalArgumentException(
                "%s is '%s'; it must be a whole number from %d to %d".formatted(key, value, least, most));
    }
}
