package io.grevy.it;

import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at {@code /} in Chromium, without a window; its tests are in {@code src/test/node}. */
@Timeout(900)
@ExtendWith(ServedModels.class)
class PageIT {

    @Test
    void passesItsTests(URL server) throws Exception {
        Map<String, String> environment = Map.of(
                "GREVY_CHROMIUM", Chromium.install().toString(),
                "GREVY_PYTHON", PythonEnvironment.install(server).interpreter().toString(),
                "GREVY_JAVA", ProcessHandle.current().info().command().orElseThrow());

        NodeEnvironment.install(server).test(server, "page.test.js", environment);
    }
}
