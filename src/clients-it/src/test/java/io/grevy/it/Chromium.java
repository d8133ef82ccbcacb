package io.grevy.it;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The browser that the page is tried in. */
final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private Chromium() {}

    /** The one that GREVY_CHROMIUM names, else one that is there, else Debian's, which root can install. */
    static Path install(URL server) throws IOException, InterruptedException {
        String given = System.getenv("GREVY_CHROMIUM");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Optional<Path> there = onPath(NAMES);
        if (there.isPresent()) {
            return there.get();
        }
        if (onPath(List.of("apt-get")).isEmpty()
                || !System.getProperty("user.name").equals("root")) {
            throw new AssertionError("There is no Chromium here: install it, or name one by GREVY_CHROMIUM");
        }
        Path folder = Files.createDirectories(ClientCommand.home());
        ClientCommand.run(server, folder, List.of("apt-get", "-qq", "update"));
        ClientCommand.run(
                server,
                folder,
                List.of(
                        "apt-get",
                        "-qq",
                        "install",
                        "--yes",
                        "--no-install-recommends",
                        "chromium",
                        "fonts-liberation"));
        return onPath(NAMES).orElseThrow(() -> new AssertionError("apt-get has installed no Chromium"));
    }

    private static Optional<Path> onPath(List<String> names) {
        List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator, -1));
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
