package io.grevy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With this machine's Python and pip, and packages made here. */
@Timeout(180)
class EnvironmentMakerTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    @TempDir
    Path folder = Path.of("");

    @Test
    void makesTheEnvironmentOnceWithWhatIsWantedAndWithoutWhatIsNot() throws Exception {
        Recipe recipe = recipe();

        PythonEnvironment made = maker(recipe).environment();

        assertThat(made.folder()).isEqualTo(home().resolve("export-" + recipe.id()));
        assertThat(said(made.program("wanted"))).isEqualTo("wanted speaks\n");
        assertThat(made.program("unwanted")).doesNotExist();
        assertThat(made.folder().resolve("tmp")).doesNotExist();
        assertThat(log).first().asString().startsWith("making the Python environment for exports at " + made.folder());
        log.clear();
        assertThat(maker(recipe).environment()).isEqualTo(made);
        assertThat(log).isEmpty();
    }

    @Test
    void makesAnewWhatWasLeftHalfMade() throws Exception {
        Recipe recipe = recipe();
        Path left = home().resolve("export-" + recipe.id());
        Files.createDirectories(left.resolve("bin"));
        Files.writeString(left.resolve("bin/rubbish"), "");
        assertThat(run("python3", "-m", "venv", "--without-pip", left.toString()))
                .isZero();

        PythonEnvironment made = maker(recipe).environment();

        assertThat(made.folder()).isEqualTo(left);
        assertThat(said(made.program("wanted"))).isEqualTo("wanted speaks\n");
        assertThat(left.resolve("bin/rubbish")).doesNotExist();
    }

    @Test
    void isOfNoUseWhereItsPythonHasGone() throws Exception {
        PythonEnvironment made = new PythonEnvironment(folder.resolve("venv"));
        run("python3", "-m", "venv", "--without-pip", made.folder().toString());
        made.complete();
        assertThat(made.usable()).isTrue();

        Files.delete(made.program("python"));
        Files.createSymbolicLink(made.program("python"), folder.resolve("gone"));

        assertThat(made.usable()).isFalse();
    }

    @Test
    void waitsWhereAnotherProcessMakesIt() throws Exception {
        Recipe recipe = recipe();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<PythonEnvironment> result = new CompletableFuture<>();
        PythonEnvironment made = new PythonEnvironment(home().resolve("export-" + recipe.id()));
        try (LockHolder other = LockHolder.start(home().resolve("export-" + recipe.id() + ".lock"))) {
            EnvironmentMaker maker = maker(recipe, line -> {
                log.add(line);
                waiting.countDown();
            });
            new Thread(() -> {
                        try {
                            result.complete(maker.environment());
                        } catch (IOException | InterruptedException | RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    })
                    .start();
            waiting.await();
            run("python3", "-m", "venv", "--without-pip", made.folder().toString());
            made.complete();
            assertThat(result).isNotDone();
        }

        assertThat(result.get()).isEqualTo(made);
        assertThat(log).containsExactly("another export is making the Python environment; waiting for it");
    }

    @Test
    void leavesNothingWhereAPackageIsMissingAndShowsWhatPipSaid() throws IOException {
        Recipe recipe = new Recipe(
                "absent @ " + folder.resolve("absent-1.0-py3-none-any.whl").toUri() + "\n", List.of(), 0);

        assertThatThrownBy(() -> maker(recipe).environment())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.FAILED))
                .hasMessageStartingWith("python failed with code 1; its last lines:\n")
                .hasMessageContaining("No such file or directory");
        assertThat(home().resolve("export-" + recipe.id())).doesNotExist();
    }

    @Test
    void namesThePythonThatIsMissing() throws IOException {
        environment.put("PATH", Files.createDirectory(folder.resolve("empty")).toString());

        assertThatThrownBy(() -> maker(recipe()).environment())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.REFUSED))
                .hasMessage("exporting needs Python 3.11 or later as python3 on the PATH, with venv; there is none");
    }

    @Test
    void namesThePythonThatIsTooOldAndTheOneThatDoesNotRun() throws IOException {
        Path old = program("old", "echo 3.9");
        Path broken = program("broken", "exit 1");
        environment.put("PATH", old + ":" + broken);

        assertThatThrownBy(() -> maker(recipe()).environment())
                .hasMessage("exporting needs Python 3.11 or later as python3 on the PATH, with venv, "
                        + old.resolve("python3") + " is 3.9, " + broken.resolve("python3") + " does not run");
    }

    @Test
    void saysWhatToInstallWhereVenvIsMissing() throws IOException {
        Path debian =
                program("debian", "[ \"$1\" = -I ] && echo 3.12 || { echo 'ensurepip is not available'; exit 1; }");
        environment.put("PATH", debian + ":" + environment.get("PATH"));

        assertThatThrownBy(() -> maker(recipe()).environment())
                .hasMessage(
                        debian.resolve("python3") + " cannot make an environment; install its venv (Debian:"
                                + " python3-venv): python3 failed with code 1; its last lines:\n    ensurepip is not available");
    }

    @Test
    void saysHowMuchSpaceIsMissingBeforeItBegins() throws IOException {
        Recipe big = new Recipe("", List.of(), Long.MAX_VALUE);

        assertThatThrownBy(() -> maker(big).environment())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.REFUSED))
                .hasMessageMatching("the Python environment for exports needs 9223372036\\.9 GB at " + home()
                        + ", where [\\d.]+ GB are free; GREVY_EXPORT_HOME names another place");
        assertThat(log).isEmpty();
    }

    private Recipe recipe() throws IOException {
        String wanted = new Wheel("wanted", "def main():\n    print('wanted speaks')\n", Map.of("wanted", "main"))
                .requirement(folder);
        String unwanted =
                new Wheel("unwanted", "def main():\n    pass\n", Map.of("unwanted", "main")).requirement(folder);
        return new Recipe(wanted + unwanted, List.of("unwanted"), 1_000_000);
    }

    private EnvironmentMaker maker(Recipe recipe) {
        return maker(recipe, log::add);
    }

    private EnvironmentMaker maker(Recipe recipe, java.util.function.Consumer<String> listener) {
        ToolVariables variables = new ToolVariables(environment);
        return new EnvironmentMaker(
                new ExportHome(home()), recipe, variables, new Tools(variables, listener), listener);
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path program(String name, String script) throws IOException {
        Path place = Files.createDirectory(folder.resolve(name));
        Path program = Files.writeString(place.resolve("python3"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return place;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String said(Path program) throws IOException {
        return new String(
                new ProcessBuilder(program.toString()).start().getInputStream().readAllBytes(), UTF_8);
    }
}
