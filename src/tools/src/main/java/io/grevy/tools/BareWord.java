package io.grevy.tools;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** A value without quotes, as JSON: what is neither a number nor a literal of JSON or Python is text. */
final class BareWord {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern PYTHON_NUMBER =
            Pattern.compile("-?((0|[1-9][0-9_]*)\\.?[0-9_]*|\\.[0-9][0-9_]*)([eE][+-]?[0-9]+)?");

    private BareWord() {}

    static String json(String written) {
        String word = written.strip();
        String literal = switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> "true";
            case "false" -> "false";
            case "null", "none" -> "null";
            default -> "";
        };
        if (!literal.isEmpty()) {
            return literal;
        }
        if (NUMBER.matcher(word).matches()) {
            return word;
        }
        if (PYTHON_NUMBER.matcher(word).matches()) {
            return new BigDecimal(word.replace("_", "")).toString();
        }
        return JsonText.quoted(word);
    }
}
