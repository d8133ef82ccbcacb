package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Containerfile, read as far as those here go: one that says more is refused rather than half understood. */
final class Containerfile {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern HEALTH_CHECK = Pattern.compile("(?:--\\S+\\s+)*CMD\\s+(.*)");

    /** Copies a file, or what is in a folder. */
    record Copy(String source, String target, String owner) {}

    final List<Copy> copies = new ArrayList<>();
    final List<String> runs = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<String> command = new ArrayList<>();
    String from = "";
    String user = "";
    String healthCheck = "";

    static Containerfile read(Path file) throws IOException {
        Containerfile read = new Containerfile();
        for (String line : Files.readString(file).replace("\\\n", " ").split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", 2);
                read.instruction(parts[0], parts[1].strip());
            }
        }
        return read;
    }

    private void instruction(String name, String rest) {
        switch (name) {
            case "FROM" -> from = rest;
            case "USER" -> user = rest;
            case "RUN" -> runs.add(rest);
            case "COPY" -> copies.add(copy(rest));
            case "ENV" -> environment.put(rest.split("=", 2)[0], rest.split("=", 2)[1]);
            case "HEALTHCHECK" -> healthCheck = matched(HEALTH_CHECK, rest).group(1);
            case "ENTRYPOINT", "CMD" -> command.addAll(list(rest));
            case "EXPOSE", "ARG" -> {}
            default -> throw new IllegalArgumentException("not understood in a Containerfile: " + name);
        }
    }

    private static Copy copy(String rest) {
        Matcher matcher = matched(Pattern.compile("--chown=(\\S+) (\\S+) (/\\S+)"), rest);
        return new Copy(matcher.group(2), matcher.group(3), matcher.group(1));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not understood in a Containerfile: " + text);
        }
        return matcher;
    }

    private static List<String> list(String json) {
        List<String> words = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(json);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }
}
