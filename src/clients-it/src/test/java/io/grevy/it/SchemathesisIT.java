package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server answers to generated requests, good ones and bad ones, is what its own OpenAPI document says. */
@Timeout(900)
@ExtendWith(ServedModels.class)
class SchemathesisIT {

    @Test
    void everyAnswerIsInTheDocument(URL server) throws Exception {
        Path folder = ClientCommand.workingCopy("schemathesis");

        String printed =
                PythonEnvironment.install(server).run(server, folder, "schemathesis.cli", "run", server + "openapi");

        assertThat(printed).contains("No issues found").containsPattern("Tested: \\d\\d");
    }
}
