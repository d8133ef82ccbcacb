package io.grevy.it;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A command of a client that is not Java's, which knows the server and the pictures from its environment. */
final class ClientCommand {

    private ClientCommand() {}

    /** Where environments of clients lie: where GREVY_CLIENTS_HOME says, else with the build, and gone with it. */
    static Path home() {
        String given = System.getenv("GREVY_CLIENTS_HOME");
        return given == null || given.isBlank()
                ? Checkout.root().resolve("src/clients-it/target/clients")
                : Path.of(given).toAbsolutePath();
    }

    /** The sources of a language's tests. */
    static Path sources(String language) {
        return Checkout.root().resolve("src/clients-it/src/test").resolve(language);
    }

    /** A folder to work in, with a copy of a language's tests. */
    static Path workingCopy(String language) throws IOException {
        Path folder = Files.createDirectories(home().resolve(language));
        try (Stream<Path> files = Files.list(sources(language))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }

    /** Runs a command that has to succeed, and gives what it printed. */
    static String run(URL server, Path folder, List<String> command) throws IOException, InterruptedException {
        return run(server, folder, command, Map.of());
    }

    /** With these environment variables besides. */
    static String run(URL server, Path folder, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>();
        all.put("GREVY_URL", server.toString());
        all.put("GREVY_PICTURES", Checkout.model("pictures").toString());
        all.putAll(environment);
        all.put("PYTHONDONTWRITEBYTECODE", "1");
        return Command.run(folder, all, command);
    }
}
