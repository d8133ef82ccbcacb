package io.grevy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Python on this machine.
 *
 * @param minor 11 for Python 3.11
 */
record Python(Path program, int minor) {
    /** The least that the pinned packages run on. */
    private static final int LEAST = 11;

    /** The plain name first; then those of a system whose plain one is too old. */
    private static final List<String> NAMES = List.of("python3", "python3.13", "python3.12", "python3.11");

    private static final Pattern VERSION = Pattern.compile("3\\.(\\d+)\\s*");

    /** @throws ExportException where there is none on PATH that is new enough */
    static Python find(ToolVariables variables) throws IOException, InterruptedException {
        String found = "";
        for (String name : NAMES) {
            for (Path program : onPath(name, variables)) {
                Optional<Python> python = of(program);
                if (python.filter(known -> known.minor >= LEAST).isPresent()) {
                    return python.get();
                }
                found += python.map(old -> ", " + old.program + " is 3." + old.minor)
                        .orElse(", " + program + " does not run");
            }
        }
        throw ExportException.refused("exporting needs Python 3." + LEAST
                + " or later as python3 on the PATH, with venv" + (found.isEmpty() ? "; there is none" : found));
    }

    /** What a program says of itself; empty where it is no Python that runs. */
    static Optional<Python> of(Path program) throws IOException, InterruptedException {
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        Process process = new ProcessBuilder(
                        program.toString(), "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        Matcher version = VERSION.matcher(said);
        return process.waitFor() == 0 && version.matches()
                ? Optional.of(new Python(program, Integer.parseInt(version.group(1))))
                : Optional.empty();
    }

    private static List<Path> onPath(String name, ToolVariables variables) {
        Stream<String> folders =
                variables.get("PATH").stream().flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)));
        return folders.filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .toList();
    }
}
