package io.grevy.hub;

import io.grevy.repository.RepositoryException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The files of a GGUF model: one, or {@code …-00001-of-00003.gguf} and its fellows. */
final class GgufParts {
    private static final Pattern PART = Pattern.compile("(.*-)(\\d{5})(-of-)(\\d{5})(\\.gguf)");
    private static final int MOST_PARTS = 1000;

    private GgufParts() {}

    /** @throws RepositoryException where it names no such file, or not the first of several */
    static List<String> of(String file) {
        if (!FileNames.isSafe(file) || !file.endsWith(".gguf")) {
            throw new RepositoryException(
                    "gguf_filename '" + file + "': a file of the repository that ends in .gguf is expected");
        }
        Matcher part = PART.matcher(file);
        if (!part.matches()) {
            return List.of(file);
        }
        int count = Integer.parseInt(part.group(4));
        if (Integer.parseInt(part.group(2)) != 1 || count < 1 || count > MOST_PARTS) {
            throw new RepositoryException("gguf_filename '" + file
                    + "': of a model in parts the first is to be named, …-00001-of-" + part.group(4) + ".gguf");
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> part.group(1) + String.format(Locale.ROOT, "%05d", number) + part.group(3)
                        + part.group(4) + ".gguf")
                .toList();
    }
}
