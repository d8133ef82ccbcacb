package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Python clients of the README's examples, in an environment of the build's own. */
final class PythonClients {

    private PythonClients() {}

    /** Makes the environment unless it is there, and gives its interpreter. */
    static Path install() throws IOException, InterruptedException {
        Path server = Deployments.root().resolve("src/server");
        Path environment = server.resolve("target/python-clients");
        Path interpreter = environment.resolve("bin/python");
        Path requirements = server.resolve("src/test/python/requirements.txt");
        Path installed = environment.resolve("installed.txt");
        if (!Files.exists(installed) || Files.mismatch(installed, requirements) >= 0) {
            run(List.of("python3", "-m", "venv", "--clear", environment.toString()));
            run(List.of(interpreter.toString(), "-m", "pip", "install", "--quiet", "-r", requirements.toString()));
            Files.copy(requirements, installed);
        }
        return interpreter;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + output);
        }
    }
}
