package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code grevy} over a tree of empty sources, with tools that only note how they were called. */
@Timeout(60)
class LauncherScriptTest {
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "readlink", "sed", "find", "mkdir", "tail", "mv", "cat", "touch", "chmod");

    private static final String JAVA = """
            if [[ $1 == -XshowSettings* ]]; then
              echo "    java.specification.version = ${FAKE_JAVA_VERSION:-17}" >&2
              exit 0
            fi
            echo "in $PWD"
            echo "home $GREVY_HOME"
            printf 'argument %s\\n' "$@"
            """;

    private static final String MAVEN = """
            echo "in $PWD: $*" >> "$FAKE_LOG"
            echo "a line of Maven's"
            [[ ${FAKE_FAILURE:-} ]] && exit 1
            mkdir -p src/cli/target src/server/target/liberty/wlp/bin
            touch src/cli/target/grevy-cli.jar src/server/target/grevy.war src/server/target/liberty/wlp/bin/server
            chmod +x src/server/target/liberty/wlp/bin/server
            """;

    @TempDir
    Path folder = Path.of("");

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void layOut() throws IOException {
        folder = folder.toRealPath();
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.copy(Path.of(System.getProperty("repository.root"), "grevy"), home.resolve("grevy"));
        for (String file : List.of(
                "pom.xml",
                ".mvn/maven.config",
                "liberty-config/server.xml",
                "src/cli/pom.xml",
                "src/cli/src/main/A.java",
                "src/cli/src/test/T.java",
                "src/binding/natives/natives.py")) {
            Path path = home.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
        Files.createDirectories(folder.resolve("tools"));
        for (String name : TOOLS) {
            tool(name, "exec '" + onPath(name) + "' \"$@\"");
        }
        tool("java", JAVA);
        tool("mvn", MAVEN);
        for (String name : List.of("javac", "python3", "g++")) {
            tool(name, "");
        }
    }

    @Test
    void buildsOnFirstUseSayingSoInOneLine() throws Exception {
        Result result = run(Map.of(), "--rest_port", "8001");

        assertThat(result.err()).isEqualTo("grevy: building Grevy (first use, some minutes) …\n");
        assertThat(result.code()).isZero();
        assertThat(mavenCalls())
                .containsExactly("in " + home() + ": -q -Dmaven.test.skip=true -pl src/cli,src/server -am package");
        assertThat(home().resolve("src/cli/target/build.log")).hasContent("a line of Maven's\n");
    }

    @Test
    void startsTheJarWithTheArgumentsFromWhereTheUserIs() throws Exception {
        Result result = run(Map.of(), "--model_path", "my models/a b", "");

        assertThat(result.out())
                .startsWith("in " + folder.resolve("elsewhere") + "\nhome " + home() + "\n")
                .endsWith("argument -jar\nargument " + home().resolve("src/cli/target/grevy-cli.jar")
                        + "\nargument --model_path\nargument my models/a b\nargument \n");
    }

    @Test
    void doesNotBuildAgainWhatIsUpToDate() throws Exception {
        run(Map.of());
        Result result = run(Map.of());

        assertThat(result.err()).isEmpty();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void doesNotBuildWhatMavenHasBuiltByHand() throws Exception {
        run(Map.of());
        Files.delete(home().resolve("src/cli/target/build.stamp"));

        assertThat(run(Map.of()).err()).isEmpty();
    }

    @Test
    void buildsAgainAfterAChangeOfTheSourcesButNotOfTheTests() throws Exception {
        run(Map.of());
        later("src/cli/src/test/T.java");
        assertThat(run(Map.of()).err()).isEmpty();

        later("liberty-config/server.xml");

        assertThat(run(Map.of()).err()).isEqualTo("grevy: building Grevy (its sources have changed) …\n");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void showsTheEndOfTheLogOfABuildThatFails() throws Exception {
        Result result = run(Map.of("FAKE_FAILURE", "1"));

        assertThat(result.err())
                .isEqualTo("grevy: building Grevy (first use, some minutes) …\na line of Maven's\n"
                        + "grevy: the build failed; all of its log: "
                        + home().resolve("src/cli/target/build.log") + "\n");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void worksThroughLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../home/grevy"));
        Path link = Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));

        assertThat(run(link, Map.of()).out()).contains("home " + home() + "\n");
    }

    @Test
    void namesMissingJava() throws Exception {
        Files.delete(folder.resolve("tools/java"));

        Result result = run(Map.of());

        assertThat(result.err())
                .isEqualTo("grevy: java is missing: install a JDK of version 17 or later, or set JAVA_HOME\n");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void namesAJavaThatIsTooOld() throws Exception {
        assertThat(run(Map.of("FAKE_JAVA_VERSION", "11")).err())
                .isEqualTo("grevy: " + folder.resolve("tools/java") + " is of version 11; 17 or later is needed\n");
        assertThat(run(Map.of("FAKE_JAVA_VERSION", "1.8")).err()).contains(" is of version 1; 17 or later");
    }

    @Test
    void namesAJavaHomeWithoutJava() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", "/nowhere")).err())
                .isEqualTo("grevy: JAVA_HOME is /nowhere, but there is no bin/java in it\n");
    }

    @Test
    void namesEachMissingBuildTool() throws Exception {
        Files.delete(folder.resolve("tools/mvn"));
        Files.delete(folder.resolve("tools/javac"));

        assertThat(run(Map.of()).err())
                .isEqualTo("grevy: needed for building and missing: mvn, javac (a JDK, not a JRE)\n");
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return run(home().resolve("grevy"), environment, arguments);
    }

    private Result run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("elsewhere")).toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("FAKE_LOG", folder.resolve("maven").toString());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Result(
                code, Files.readString(folder.resolve("out"), UTF_8), Files.readString(folder.resolve("err"), UTF_8));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(folder.resolve("maven"));
    }

    private void later(String file) throws IOException {
        Files.setLastModifiedTime(
                home().resolve(file), FileTime.from(Instant.now().plusSeconds(5)));
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("tools").resolve(name), "#!/bin/bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
