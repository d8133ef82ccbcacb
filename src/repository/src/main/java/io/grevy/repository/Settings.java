package io.grevy.repository;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Typed reading of settings that come as text; an empty text is no setting. */
record Settings(Function<String, Optional<String>> source) {

    Optional<String> text(String key) {
        return source.apply(key).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<String> device(String key) {
        return text(key).map(text -> Device.name(text, key));
    }

    OptionalInt number(String key, int least) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Falls through: both cases have one message.
        }
        throw refused(key, text.get(), "a whole number from " + least + " to " + Integer.MAX_VALUE);
    }

    Optional<Boolean> flag(String key) {
        return text(key).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, text, "true, false");
        });
    }

    /** Empty for {@code AUTO} too. */
    Optional<PipelineType> pipelineType(String key) {
        return text(key)
                .filter(text -> !text.equals("AUTO"))
                .map(text -> Arrays.stream(PipelineType.values())
                        .filter(type -> type.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> refused(key, text, pipelineTypes())));
    }

    private static String pipelineTypes() {
        return Arrays.stream(PipelineType.values()).map(Enum::name).collect(Collectors.joining(", ", "", ", AUTO"));
    }

    private static RepositoryException refused(String key, String text, String allowed) {
        return new RepositoryException(key + " '" + text + "': allowed are " + allowed);
    }
}
