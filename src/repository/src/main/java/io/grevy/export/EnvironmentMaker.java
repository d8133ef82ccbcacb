package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the Python environment of a recipe once; later exports find it. Safe against other processes that do so. */
final class EnvironmentMaker {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ExportHome home;
    private final Recipe recipe;
    private final ToolVariables variables;
    private final Tools tools;
    private final Consumer<String> log;

    EnvironmentMaker(ExportHome home, Recipe recipe, ToolVariables variables, Tools tools, Consumer<String> log) {
        this.home = home;
        this.recipe = recipe;
        this.variables = variables;
        this.tools = tools;
        this.log = log;
    }

    /**
     * The environment, made now where it is not there.
     *
     * @throws ExportException naming what is missing on this machine, or with the last lines of the tool that failed
     */
    @SuppressWarnings("try") // the lock is only held
    PythonEnvironment environment() throws IOException, InterruptedException {
        String name = "export-" + recipe.id();
        PythonEnvironment environment = new PythonEnvironment(home.folder().resolve(name));
        if (environment.usable()) {
            return environment;
        }
        try (ProcessLock lock = await(home.lock(name))) {
            if (!environment.usable()) {
                make(environment);
            }
        }
        return environment;
    }

    private ProcessLock await(Path file) throws IOException, InterruptedException {
        Optional<ProcessLock> lock = ProcessLock.tryAcquire(file);
        if (lock.isEmpty()) {
            log.accept("another export is making the Python environment; waiting for it");
        }
        while (lock.isEmpty()) {
            if (tools.isCancelled()) {
                throw ExportException.cancelled();
            }
            Thread.sleep(PAUSE.toMillis());
            lock = ProcessLock.tryAcquire(file);
        }
        return lock.get();
    }

    private void make(PythonEnvironment environment) throws IOException, InterruptedException {
        Python python = Python.find(variables);
        FileTree.delete(environment.folder());
        requireSpace();
        log.accept("making the Python environment for exports at " + environment.folder()
                + " (once; it takes some minutes)");
        try {
            fill(environment, python);
            environment.complete();
        } catch (ExportException | IOException e) {
            FileTree.delete(environment.folder());
            throw e;
        }
    }

    private void fill(PythonEnvironment environment, Python python) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(environment.folder());
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path requirements = Files.writeString(folder.resolve("requirements.txt"), recipe.requirements());
        try {
            tools.run(temporary, List.of(python.program().toString(), "-m", "venv", folder.toString()));
        } catch (ExportException e) {
            throw e.kind() == ExportException.Kind.CANCELLED ? e : withoutVenv(python, e);
        }
        pip(
                environment,
                temporary,
                List.of("install", "--progress-bar", "off", "--requirement", requirements.toString()));
        if (!recipe.unwanted().isEmpty()) {
            List<String> removal = new ArrayList<>(List.of("uninstall", "--yes"));
            removal.addAll(recipe.unwanted());
            pip(environment, temporary, removal);
        }
        FileTree.delete(temporary);
    }

    private void pip(PythonEnvironment environment, Path temporary, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(environment.program("python").toString(), "-m", "pip", "--no-input"));
        command.addAll(arguments);
        tools.run(temporary, command);
    }

    private void requireSpace() throws IOException {
        long usable = Files.getFileStore(Files.createDirectories(home.folder())).getUsableSpace();
        if (usable < recipe.bytes()) {
            throw ExportException.refused("the Python environment for exports needs " + gigabytes(recipe.bytes())
                    + " at " + home.folder() + ", where " + gigabytes(usable)
                    + " are free; GREVY_EXPORT_HOME names another place");
        }
    }

    private static ExportException withoutVenv(Python python, ExportException e) {
        return ExportException.failed(
                python.program() + " cannot make an environment; install its venv (Debian: python3-venv): "
                        + e.getMessage(),
                e);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
