package io.grevy.tools;

import java.util.List;
import java.util.Locale;

/** Compares formats' names without regard to case and to what separates their parts. */
final class FormatNames {
    private FormatNames() {}

    static boolean matches(String given, List<String> names) {
        String wanted = bare(given);
        return names.stream().anyMatch(name -> bare(name).equals(wanted));
    }

    static UnknownFormatException unknown(String what, String given, List<String> known) {
        return new UnknownFormatException(
                "There is no " + what + " \"" + given + "\"; known are: " + String.join(", ", known) + " and none");
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
