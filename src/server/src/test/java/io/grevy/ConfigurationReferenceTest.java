package io.grevy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's tables of properties say what the server's sources do; those of flags are held by the launcher's tests. */
class ConfigurationReferenceTest {

    /** What the launcher alone sets, for its own watch of the server that it starts. */
    private static final String OF_THE_LAUNCHER = "grevy.launcher_key_sha256";

    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final Pattern PROPERTY = Pattern.compile("\"(grevy\\.[a-z]\\w*)\"");
    private static final Pattern DEFAULT = Pattern.compile(
            "\\.(?:integer|number|seconds|flag)\\(\\s*\"(grevy\\.\\w+)\",\\s*([\\d_]+|true|false)\\s*[,)]");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\|(?: `--\\w+` \\|)? `(grevy\\.\\w+)` \\| `(GREVY_\\w+)` \\| ([^|]*) \\|");

    @Test
    void namesEveryPropertyThatTheServerReads() throws IOException {
        Set<String> read = new TreeSet<>();
        eachSource(source -> PROPERTY.matcher(source).results().forEach(match -> read.add(match.group(1))));

        assertThat(read).hasSizeGreaterThan(20).contains(OF_THE_LAUNCHER);
        read.remove(OF_THE_LAUNCHER);
        assertThat(documented().keySet()).containsAll(read);
    }

    @Test
    void saysTheirDefaults() throws IOException {
        Map<String, String> documented = documented();
        Map<String, String> coded = new TreeMap<>();
        eachSource(source -> DEFAULT.matcher(source)
                .results()
                .forEach(match -> coded.put(match.group(1), match.group(2).replace("_", ""))));

        assertThat(coded).hasSizeGreaterThan(12);
        coded.forEach((property, value) ->
                assertThat(documented).as("the README's default").containsEntry(property, value));
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .toList()) {
            assertThat(row.group(2)).isEqualToIgnoringCase(row.group(1).replace('.', '_'));
            documented.put(row.group(1), row.group(3).strip());
        }
        return documented;
    }

    private static void eachSource(Consumer<String> reader) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/server/src/main/java"))) {
            files.filter(path -> path.toString().endsWith(".java"))
                    .map(ConfigurationReferenceTest::read)
                    .forEach(reader);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
