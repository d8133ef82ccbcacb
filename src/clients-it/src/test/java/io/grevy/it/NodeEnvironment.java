package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The JavaScript clients, pinned, in a folder of their own that is filled again when the pins change. */
final class NodeEnvironment {

    private final Path folder;

    private NodeEnvironment(Path folder) {
        this.folder = folder;
    }

    static NodeEnvironment install(URL server) throws IOException, InterruptedException {
        Path folder = ClientCommand.workingCopy("node");
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("installed.json");
        boolean stale = !Files.exists(installed) || Files.mismatch(installed, lock) >= 0;
        if (stale) {
            ClientCommand.run(
                    server,
                    folder,
                    List.of("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"));
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
        return new NodeEnvironment(folder);
    }

    /** Runs a file of tests, all of which have to pass. */
    void test(URL server, String file, Map<String, String> environment) throws IOException, InterruptedException {
        String printed = ClientCommand.run(server, folder, List.of("node", "--test", file), environment);

        assertThat(printed).containsPattern("# pass [1-9]").contains("# fail 0", "# skipped 0", "# todo 0");
    }
}
