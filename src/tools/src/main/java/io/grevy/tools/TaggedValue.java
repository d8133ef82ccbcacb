package io.grevy.tools;

import io.grevy.tools.ParameterKinds.Kind;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * One parameter's value, up to its end tag, as JSON. One line break behind the begin tag and one before the end tag are
 * the format's. Text is passed on as it comes; what may be anything else is told by the whole of it.
 */
final class TaggedValue {
    private final TagNames tags;
    private final StringBuilder json;
    private MarkerScanner scanner;
    private Kind kind;
    private final StringBuilder collected = new StringBuilder();
    private boolean first = true;
    private boolean empty = true;

    /** @param json takes the value */
    TaggedValue(TagNames tags, Kind kind, StringBuilder json) {
        this.tags = tags;
        this.kind = kind;
        this.json = json;
        this.scanner = new MarkerScanner(markers("", tags));
        if (kind == Kind.TEXT) {
            json.append('"');
        }
    }

    private static List<String> markers(String before, TagNames tags) {
        List<String> markers =
                new ArrayList<>(List.of(before + tags.parameterEnd(), before + "\n" + tags.parameterEnd()));
        if (before.isEmpty() && tags.verbatim() != null) {
            markers.add(tags.verbatim());
        }
        return markers;
    }

    /** @return whether that was the end tag's last character */
    boolean accept(char c) {
        if (first) {
            first = false;
            if (c == '\n') {
                return false;
            }
        }
        String marker = scanner.accept(c);
        take(scanner.takePlain());
        if (marker == null) {
            return false;
        }
        if (!marker.equals(tags.verbatim())) {
            finish();
            return true;
        }
        if (empty) {
            scanner = new MarkerScanner(markers(tags.verbatimEnd(), tags));
        } else {
            take(marker);
        }
        return false;
    }

    /** The text ended within the value. */
    void end() {
        take(scanner.takeHeld());
        if (kind != Kind.TEXT) {
            finish();
        }
    }

    private void take(String text) {
        if (text.isEmpty()) {
            return;
        }
        empty = false;
        if (kind == Kind.TEXT) {
            escape(text);
            return;
        }
        collected.append(text);
        if (kind == Kind.TEXT_OR_NULL && !mayBeNull()) {
            kind = Kind.TEXT;
            json.append('"');
            escape(collected);
        }
    }

    private boolean mayBeNull() {
        return "null".startsWith(collected.toString()) || "None".startsWith(collected.toString());
    }

    private void finish() {
        switch (kind) {
            case TEXT -> json.append('"');
            case TEXT_OR_NULL -> json.append(collected.length() == 4 ? "null" : JsonText.quoted(collected));
            case ANY -> json.append(any(collected.toString()));
        }
    }

    private static String any(String text) {
        String value = text.strip();
        String literal = switch (value) {
            case "True" -> "true";
            case "False" -> "false";
            case "None" -> "null";
            default -> null;
        };
        if (literal != null) {
            return literal;
        }
        return isJson(value) ? value : JsonText.quoted(text);
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            boolean some = false;
            while (parser.hasNext()) {
                parser.next();
                some = true;
            }
            return some;
        } catch (JsonException e) {
            return false;
        }
    }

    private void escape(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            JsonText.escape(text.charAt(i), json);
        }
    }
}
