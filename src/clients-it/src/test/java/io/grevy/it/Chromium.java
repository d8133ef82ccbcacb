package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The browser that the page is tried in. */
final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private Chromium() {}

    /** The one that GREVY_CHROMIUM names, else one that is there, else Debian's, which root can install. */
    static Path install() throws IOException, InterruptedException {
        String given = System.getenv("GREVY_CHROMIUM");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Optional<Path> there = found();
        if (there.isPresent()) {
            return there.get();
        }
        if (Command.onPath("apt-get").isEmpty()
                || !System.getProperty("user.name").equals("root")) {
            throw new AssertionError("There is no Chromium here: install it, or name one by GREVY_CHROMIUM");
        }
        Path folder = Files.createDirectories(ClientCommand.home());
        Command.run(folder, Map.of(), List.of("apt-get", "-qq", "update"));
        Command.run(
                folder,
                Map.of(),
                List.of(
                        "apt-get",
                        "-qq",
                        "install",
                        "--yes",
                        "--no-install-recommends",
                        "chromium",
                        "fonts-liberation"));
        return found().orElseThrow(() -> new AssertionError("apt-get has installed no Chromium"));
    }

    private static Optional<Path> found() {
        return NAMES.stream().map(Command::onPath).flatMap(Optional::stream).findFirst();
    }
}
