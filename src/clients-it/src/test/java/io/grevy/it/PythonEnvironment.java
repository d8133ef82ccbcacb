package io.grevy.it;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Python clients, pinned, in an environment of their own that is made again when the pins change. */
final class PythonEnvironment {

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    static PythonEnvironment install(URL server) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(ClientCommand.home()).resolve("python");
        Path pins = ClientCommand.sources("python").resolve("requirements.txt");
        Path installed = folder.resolve("installed.txt");
        PythonEnvironment environment = new PythonEnvironment(folder);
        if (!Files.exists(installed) || Files.mismatch(installed, pins) >= 0) {
            ClientCommand.run(
                    server, folder.getParent(), List.of("python3", "-m", "venv", "--clear", folder.toString()));
            // The pins are complete, so there is nothing to resolve.
            environment.run(
                    server, folder, "pip", "install", "--quiet", "--no-deps", "--no-compile", "-r", pins.toString());
            Files.copy(pins, installed);
        }
        return environment;
    }

    Path interpreter() {
        return folder.resolve("bin/python").toAbsolutePath();
    }

    /** Runs one of its programs. */
    String run(URL server, Path workingFolder, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(interpreter().toString(), "-m", program));
        command.addAll(List.of(arguments));
        return ClientCommand.run(server, workingFolder, command);
    }
}
