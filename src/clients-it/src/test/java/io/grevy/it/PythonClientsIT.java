package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's clients, unmodified, each with a file of tests in {@code src/test/python}. */
@Timeout(900)
@ExtendWith(ServedModels.class)
class PythonClientsIT {

    @ParameterizedTest
    @ValueSource(
            strings = {"openai", "responses", "anthropic", "langchain", "litellm", "published_schema", "published_types"
            })
    void passesItsTests(String client, URL server) throws Exception {
        String printed = PythonEnvironment.install(server)
                .run(
                        server,
                        ClientCommand.sources("python"),
                        "pytest",
                        "-q",
                        "-p",
                        "no:cacheprovider",
                        "test_" + client + ".py");

        assertThat(printed).containsPattern("\\d+ passed").doesNotContain("skipped", "xfailed");
    }
}
