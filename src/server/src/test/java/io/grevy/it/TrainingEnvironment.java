package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Python for the demo model's training: what exports have, and what {@code models/requirements.txt} adds to it. */
final class TrainingEnvironment {

    private static final Path REQUIREMENTS = Deployments.model("requirements.txt");
    private static final Path ENVIRONMENT = Deployments.root().resolve("src/server/target/training");

    private TrainingEnvironment() {}

    /** Makes the environment unless it is there, and gives its interpreter. */
    static Path install() throws IOException, InterruptedException {
        Path interpreter = ENVIRONMENT.resolve("bin/python");
        Path installed = ENVIRONMENT.resolve("installed.txt");
        Path exports = ExportCommand.pythonMadeIfMissing();
        String wanted = exports + "\n" + Files.readString(REQUIREMENTS);
        if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
            make(interpreter, exports);
            Files.writeString(installed, wanted);
        }
        return interpreter;
    }

    private static void make(Path interpreter, Path exports) throws IOException, InterruptedException {
        run(List.of(exports.toString(), "-m", "venv", "--clear", ENVIRONMENT.toString()));
        Files.writeString(
                Path.of(packages(interpreter)).resolve("exports.pth"), packages(exports) + System.lineSeparator());
        List<String> pip = List.of(interpreter.toString(), "-m", "pip", "--disable-pip-version-check");
        List<String> install = new ArrayList<>(pip);
        install.addAll(List.of("install", "--quiet"));
        install.addAll(Files.readAllLines(REQUIREMENTS).stream()
                .filter(line -> line.contains("=="))
                .toList());
        run(install);
        // Exports report nothing to their makers.
        List<String> uninstall = new ArrayList<>(pip);
        uninstall.addAll(List.of("uninstall", "--quiet", "--yes", "openvino-telemetry"));
        run(uninstall);
    }

    private static String packages(Path interpreter) throws IOException, InterruptedException {
        return run(List.of(
                interpreter.toString(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'), end='')"));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + output);
        }
        return output;
    }
}
