package io.grevy.repository;

import com.google.protobuf.TextFormat;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the text format's errors into this module's form: file, line, column, what is wrong. */
final class GraphErrors {
    // As protobuf lists unknown fields: a line each, "7:9:\tmediapipe.LLMCalculatorOptions.name".
    private static final Pattern UNKNOWN = Pattern.compile("(?m)^(\\d+):(\\d+):\\t(\\S+)$");
    private static final Pattern TYPE = Pattern.compile("Unable to parse Any of type: (\\S+)\\. ");
    private static final Pattern POSITION = Pattern.compile("^\\d+:\\d+: ");

    private GraphErrors() {}

    static RepositoryException of(Path file, TextFormat.ParseException e) {
        String message = String.valueOf(e.getMessage());
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.find()) {
            return new RepositoryException(
                    file + ":" + unknown.group(1) + ":" + unknown.group(2) + ": unknown field " + unknown.group(3), e);
        }
        Matcher type = TYPE.matcher(message);
        return new RepositoryException(
                file + ":" + e.getLine() + ":" + e.getColumn() + ": "
                        + (type.find()
                                ? "unknown type of options " + type.group(1)
                                : POSITION.matcher(message).replaceFirst("")),
                e);
    }
}
