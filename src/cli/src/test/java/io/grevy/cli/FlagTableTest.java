package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlagTableTest {

    @Test
    void hasARowForEachFlag() {
        assertThat(FlagTable.markdown().lines().skip(2)).hasSize(Flag.values().length);
        assertThat(FlagTable.markdown())
                .contains("| `--rest_port` | `grevy.rest_port` | `GREVY_REST_PORT` | 8000 | port of the HTTP API |\n");
    }

    @Test
    void hasFiveCellsInEachRow() {
        assertThat(FlagTable.markdown().lines())
                .allSatisfy(row ->
                        assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(6));
    }

    @Test
    void standsInTheReadmeAsItIs() throws IOException {
        Path readme = Path.of(System.getProperty("repository.root"), "README.md");

        assertThat(Files.readString(readme)).contains(FlagTable.markdown());
    }
}
