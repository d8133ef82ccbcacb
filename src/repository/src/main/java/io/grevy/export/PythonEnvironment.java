package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Python environment on disk. It is whole once its stamp is there, which is written last: what was left half-made by
 * a process that ended is none.
 */
record PythonEnvironment(Path folder) {
    private static final String STAMP = "grevy-complete";

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Whether it was made to the end, and the Python that it was made with is still there. */
    boolean usable() throws IOException, InterruptedException {
        Optional<Python> python = Python.of(program("python"));
        return python.isPresent() && python.map(PythonEnvironment::text).equals(stamp());
    }

    /** Declares it whole. */
    void complete() throws IOException, InterruptedException {
        Python python = Python.of(program("python"))
                .orElseThrow(() -> ExportException.failed(program("python") + " does not run"));
        Files.writeString(folder.resolve(STAMP), text(python));
    }

    private Optional<String> stamp() throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(STAMP)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String text(Python python) {
        return "Python 3." + python.minor() + "\n";
    }
}
