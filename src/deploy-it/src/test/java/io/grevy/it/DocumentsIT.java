package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command in the documents is run by a test or listed in {@code docs/commands.md}. Blocks of {@code bash} and
 * {@code python} are run by ReadmeIT and OwnLibertyIT, some commands in blocks of {@code text} here.
 */
@Timeout(300)
class DocumentsIT {

    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)\\n((?s:.*?))^```");
    private static final Pattern COMMAND = Pattern.compile(
            "(?m)^((?:\\./grevy|podman|docker|mvn|kubectl|curl|bench/|models/|src/|optimum-cli|python|PYTHONPATH)\\S* ?.*?)(?: {2,}.*)?$");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(.+?)` \\| ");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

    /** What needs neither a server nor a network. */
    private static final Pattern RUN_HERE =
            Pattern.compile("\\./grevy (list|key|--add_to_config|--remove_from_config|--configure) .*");

    private static final List<String> RUN_BY_OTHER_TESTS = List.of("README.md", "docs/deploy.md");

    private final Path root = Checkout.root();

    @Test
    void haveCommandsThatAreRunOrListed() throws IOException {
        List<String> listed = matches(LISTED, Files.readString(root.resolve("docs/commands.md")));
        List<String> others = new ArrayList<>();
        for (String command : commands()) {
            if (!RUN_HERE.matcher(command).matches() && !others.contains(command)) {
                others.add(command);
            }
        }

        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void haveCommandsThatDoWhatTheySay(@TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("grevy"), root.resolve("grevy"));
        copy("grevy/demo", folder.resolve("models/grevy/demo"));
        copy("fixtures/internvl_chat", folder.resolve("models/OpenGVLab/InternVL2-2B"));
        List<String> here = commands().stream()
                .filter(command -> RUN_HERE.matcher(command).matches())
                .toList();

        assertThat(here).hasSizeGreaterThanOrEqualTo(6);
        for (String command : here) {
            Files.deleteIfExists(folder.resolve("keys.json"));
            Command.run(folder, Map.of(), List.of("bash", "-euc", command));
        }
        assertThat(folder.resolve("keys.json")).content().contains("\"sha256\"");
        assertThat(folder.resolve("models/config.json")).content().contains("model_config_list");
        assertThat(folder.resolve("models/OpenGVLab/InternVL2-2B/graph.pbtxt"))
                .content()
                .contains("cache_size: 4");
    }

    @Test
    void linkToWhatIsThere() throws IOException {
        List<String> links = new ArrayList<>();
        for (Path document : documents()) {
            for (String link : matches(LINK, Files.readString(document))) {
                if (!link.contains("://")) {
                    links.add(link);
                    assertThat(document.resolveSibling(link))
                            .as("a link in %s", document)
                            .exists();
                }
            }
        }
        assertThat(links).hasSizeGreaterThan(40);
    }

    private List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path document : documents()) {
            Matcher block = BLOCK.matcher(Files.readString(document));
            while (block.find()) {
                String kind = block.group(1);
                if (kind.equals("text") || kind.isEmpty()) {
                    commands.addAll(matches(COMMAND, block.group(2)));
                } else if (List.of("bash", "sh", "python", "java").contains(kind)) {
                    assertThat(RUN_BY_OTHER_TESTS)
                            .contains(root.relativize(document).toString());
                }
            }
        }
        assertThat(commands).hasSizeGreaterThan(25);
        return commands;
    }

    private List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("k8s/README.md")));
        try (Stream<Path> files = Files.list(root.resolve("docs"))) {
            files.filter(path -> path.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1).strip())
                .toList();
    }

    private static void copy(String model, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target.getParent());
        Command.run("cp", "-r", Checkout.model(model).toString(), target.toString());
    }
}
