package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks' harness, as {@code bench/run.sh} runs it, on work so small that its figures mean nothing. */
@Timeout(600)
@ExtendWith(ServedModels.class)
class BenchIT {

    private static final Path BENCH = Checkout.root().resolve("bench");

    @Test
    void passesItsOwnTests(URL server) throws Exception {
        String printed = PythonEnvironment.install(server).run(server, BENCH, "unittest", "harness.test_harness");

        assertThat(printed)
                .containsPattern("Ran [1-9]\\d* tests")
                .contains("OK")
                .doesNotContain("skipped");
    }

    @Test
    void measuresGrevyBesideTheEngineItself(URL server, @TempDir Path out) throws Exception {
        String printed = PythonEnvironment.install(server)
                .run(server, BENCH, "harness", "throughput", "--quick", "--out", out.toString());

        assertThat(printed).contains("320x240, 16, 1", "320x240, 16, 4", "÷ engine");
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(out.resolve("throughput-demo-own.json")))) {
            check(reader.readObject());
        }
        assertThat(Files.readAllBytes(out.resolve("throughput-demo-own.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    private static void check(JsonObject figures) {
        List<JsonObject> summary = figures.getJsonArray("summary").getValuesAs(JsonObject.class);
        assertThat(summary)
                .extracting(one -> one.getInt("concurrency") + " " + one.getString("server"))
                .containsExactly("1 engine", "1 grevy", "4 engine", "4 grevy");
        assertThat(summary).allSatisfy(one -> assertThat(one.getInt("failed")).isZero());
        assertThat(summary.get(1).getJsonObject("rate_ratio").keySet()).contains("mean", "low", "high");
        for (JsonObject cell : figures.getJsonArray("cells").getValuesAs(JsonObject.class)) {
            int tokens = cell.getInt("requests") * cell.getInt("tokens");
            for (JsonObject round : cell.getJsonArray("rounds").getValuesAs(JsonObject.class)) {
                assertThat(round.keySet()).containsExactlyInAnyOrder("engine", "grevy");
                assertThat(round.getJsonObject("engine").getInt("tokens")).isEqualTo(tokens);
                assertThat(round.getJsonObject("grevy").getInt("tokens")).isEqualTo(tokens);
            }
        }
    }
}
