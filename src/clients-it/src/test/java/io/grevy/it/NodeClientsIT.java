package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's client for Node.js, unmodified; its tests are in {@code src/test/node}. */
@Timeout(900)
@ExtendWith(ServedModels.class)
class NodeClientsIT {

    @Test
    void passesItsTests(URL server) throws Exception {
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

        String printed = ClientCommand.run(server, folder, List.of("node", "--test"));

        assertThat(printed).containsPattern("# pass [1-9]").contains("# fail 0", "# skipped 0", "# todo 0");
    }
}
