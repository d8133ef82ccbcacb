package io.grevy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An installation of Open Liberty that has the server {@code grevy}. */
record Liberty(Path wlp) {
    private static final String SERVER = "grevy";

    Path script() {
        return wlp.resolve("bin/server");
    }

    /**
     * The process that runs the server in the foreground, with this process's console.
     *
     * @param port tells several servers of one installation apart: each writes into a folder of its own
     * @param settings the settings as environment variables; others of their kind are taken away
     */
    ProcessBuilder process(int port, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(List.of(script().toString(), "run", SERVER)).inheritIO();
        Map<String, String> environment = builder.environment();
        for (Flag flag : Flag.values()) {
            environment.remove(flag.environment());
        }
        environment.putAll(settings);
        // The launcher itself says what matters; without a log level the console shows what is wrong.
        environment.putIfAbsent("GREVY_CONSOLE_LOG_LEVEL", "WARNING");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        if (!environment.containsKey("WLP_OUTPUT_DIR")) {
            outputFolder(port, environment);
        }
        return builder;
    }

    // Where the installation is not writable, Liberty's own choice stands.
    private void outputFolder(int port, Map<String, String> environment) {
        try {
            Path folder = wlp.resolveSibling("instances").resolve(Integer.toString(port));
            environment.put("WLP_OUTPUT_DIR", Files.createDirectories(folder).toString());
        } catch (IOException e) {
            environment.remove("WLP_OUTPUT_DIR");
        }
    }
}
