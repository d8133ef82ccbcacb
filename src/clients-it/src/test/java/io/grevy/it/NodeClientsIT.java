package io.grevy.it;

import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's client for Node.js, unmodified; its tests are in {@code src/test/node}. */
@Timeout(900)
@ExtendWith(ServedModels.class)
class NodeClientsIT {

    @Test
    void passesItsTests(URL server) throws Exception {
        NodeEnvironment.install(server).test(server, "openai.test.js", Map.of());
    }
}
