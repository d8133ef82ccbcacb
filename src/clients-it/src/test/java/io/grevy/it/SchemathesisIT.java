package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server answers to generated requests, good ones and bad ones, is what its own OpenAPI document says. */
@Timeout(900)
@ExtendWith(ServedModels.class)
class SchemathesisIT {

    private static final Pattern ANSWERED =
            Pattern.compile("^vllm:request_success_total\\{[^}]*} ([0-9.]+)$", Pattern.MULTILINE);

    @Test
    void everyAnswerIsInTheDocument(URL server) throws Exception {
        Path folder = ClientCommand.workingCopy("schemathesis");
        PythonEnvironment environment = PythonEnvironment.install(server);
        Http http = new Http(server);
        double before = answered(http);

        String printed = environment.run(server, folder, "schemathesis.cli", "run", server + "openapi");

        assertThat(printed).contains("No issues found");
        assertThat(answered(http) - before)
                .as("answers of models to generated requests:%n%s", printed)
                .isGreaterThan(50);
    }

    private static double answered(Http http) throws Exception {
        return ANSWERED.matcher(http.get("/metrics").body())
                .results()
                .mapToDouble(result -> Double.parseDouble(result.group(1)))
                .sum();
    }
}
