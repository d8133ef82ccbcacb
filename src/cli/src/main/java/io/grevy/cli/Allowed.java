package io.grevy.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a flag's text may be.
 *
 * @param label stands for the value in the help
 * @param refusal says what is allowed to a text that is not; empty for one that is
 */
record Allowed(String label, Function<String, Optional<String>> refusal) {

    /** Anything; the text is looked at elsewhere, if at all. */
    static Allowed any(String label) {
        return new Allowed(label, text -> Optional.empty());
    }

    static Allowed number(long least, long most) {
        return new Allowed(
                "N",
                text -> isNumber(text, least, most)
                        ? Optional.empty()
                        : Optional.of("a whole number from " + least + " to " + most));
    }

    static Allowed flag() {
        return new Allowed(
                "true|false",
                text -> List.of("true", "false").contains(text.toLowerCase(Locale.ROOT))
                        ? Optional.empty()
                        : Optional.of("true, false"));
    }

    static Allowed oneOf(String... words) {
        return new Allowed(
                String.join("|", words),
                text -> List.of(words).contains(text) ? Optional.empty() : Optional.of(String.join(", ", words)));
    }

    /** {@code none}, {@code all}, or hosts with commas between them; the server reads the hosts more closely. */
    static Allowed hosts() {
        return new Allowed("HOST,…", text -> {
            List<String> entries = List.of(text.split(",", -1));
            boolean word = text.equals("none") || text.equals("all");
            return word || entries.stream().allMatch(entry -> isHost(entry.strip()))
                    ? Optional.empty()
                    : Optional.of("none, or hosts such as example.org,images.example.net:8443");
        });
    }

    private static boolean isNumber(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isHost(String entry) {
        return !entry.equals("none") && !entry.equals("all") && !entry.isEmpty() && !entry.matches(".*[/@*\\s].*");
    }
}
