package io.grevy.openvino;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table in docs/topologies.md of where tokens are Python's: one row a topology and pipeline. */
final class TokenTable {
    static final List<Integer> PICTURES = List.of(0, 1, 3);

    private static final Path FILE = Path.of(System.getProperty("repository.root"), "docs/topologies.md");
    private static final String BEGIN = "<!-- made by SameTokensAsPythonTest: begin -->\n";
    private static final String END = "<!-- made by SameTokensAsPythonTest: end -->\n";
    private static final String HEAD = "| topology | pipeline | "
            + PICTURES.stream()
                    .map(count -> count + ", alone | " + count + ", at once")
                    .collect(joining(" | "))
            + " |\n|---|---|" + "---|".repeat(2 * PICTURES.size()) + "\n";

    private TokenTable() {}

    /** What was found for one topology in one pipeline. */
    record Row(String topology, String pipeline, Map<Integer, Boolean> alone, Map<Integer, Boolean> atOnce) {
        @Override
        public String toString() {
            return Stream.concat(
                            Stream.of(topology, pipeline),
                            PICTURES.stream().flatMap(count -> Stream.of(cell(alone, count), cell(atOnce, count))))
                    .collect(joining(" | ", "| ", " |"));
        }

        private static String cell(Map<Integer, Boolean> equal, int pictures) {
            return !equal.containsKey(pictures) ? "–" : equal.get(pictures) ? "equal" : "differ";
        }
    }

    /** The rows that the file holds. */
    static List<String> written() {
        String text = read();
        return text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END))
                .lines()
                .skip(HEAD.lines().count())
                .toList();
    }

    static void write(List<String> rows) {
        String text = read();
        String table = rows.stream().map(row -> row + "\n").collect(joining());
        try {
            Files.writeString(
                    FILE,
                    text.substring(0, text.indexOf(BEGIN) + BEGIN.length())
                            + HEAD
                            + table
                            + text.substring(text.indexOf(END)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
