package io.grevy.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The settings as a table in Markdown, for the README. */
final class FlagTable {
    private FlagTable() {}

    static String markdown() {
        return Arrays.stream(Flag.values())
                .map(FlagTable::row)
                .collect(Collectors.joining(
                        "\n",
                        "| flag | property | environment variable | default | meaning |\n|---|---|---|---|---|\n",
                        "\n"));
    }

    private static String row(Flag flag) {
        return "| `%s` | `%s` | `%s` | %s | %s |"
                .formatted(flag.option(), flag.property(), flag.environment(), flag.defaultText(), flag.meaning());
    }
}
