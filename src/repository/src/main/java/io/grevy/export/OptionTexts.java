package io.grevy.export;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Settings as texts, by their names; an empty text is no setting. */
record OptionTexts(Function<String, Optional<String>> source) {

    Optional<String> text(String name) {
        return source.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> ExportException.refused(name + ": missing"));
    }

    Path path(String name, String standard, Path base) {
        return base.resolve(text(name).orElse(standard)).toAbsolutePath().normalize();
    }

    boolean flag(String name, boolean standard) {
        return text(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw ExportException.refused(name + " '" + text + "': allowed are true, false");
                })
                .orElse(standard);
    }

    OptionalInt positive(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.get().matches("[1-9]\\d{0,8}")) {
            return OptionalInt.of(Integer.parseInt(text.get()));
        }
        throw ExportException.refused(name + " '" + text.get() + "': allowed are whole numbers from 1");
    }
}
