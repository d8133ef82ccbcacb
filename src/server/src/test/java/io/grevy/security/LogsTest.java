package io.grevy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.GenerationEvent;
import io.grevy.inference.Usage;
import io.grevy.keys.Limits;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void theAccessLogTellsWhoAskedWhatAndWhatItTookAndNoContent() throws IOException {
        Visit visit = visit();

        end(visit, false);

        JsonObject line = only(folder.resolve("access.log"));
        assertThat(line.getString("request_id")).isEqualTo("req-1");
        assertThat(line.getString("tenant")).isEqualTo("team");
        assertThat(line.getString("model")).isEqualTo("org/model");
        assertThat(line.getString("path")).isEqualTo("/v3/chat/completions");
        assertThat(line.getInt("status")).isEqualTo(200);
        assertThat(line.getInt("prompt_tokens")).isEqualTo(7);
        assertThat(line.getInt("completion_tokens")).isEqualTo(2);
        assertThat(line.getJsonArray("pictures").getJsonObject(0).getString("sha256"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(line.getJsonArray("pictures").getJsonObject(0).getInt("bytes"))
                .isEqualTo(3);
        assertThat(line.keySet()).contains("time", "seconds", "seconds_to_first_token");
        assertThat(line.toString()).doesNotContain("secret");
    }

    @Test
    void whereTheOperatorSaysSoItTellsWhatWasAskedAndAnswered() throws IOException {
        end(visit(), true);

        JsonObject line = only(folder.resolve("access.log"));
        assertThat(line.getString("prompt")).isEqualTo("user: a secret");
        assertThat(line.getString("answer")).isEqualTo("secret answer");
    }

    @Test
    void theAuditLogTellsWhoWasRefusedAndNotTheKey() throws IOException {
        Path file = folder.resolve("audit.log");
        AuditLog audit = new AuditLog(settings(Optional.empty(), Optional.of(file), false));
        Visit visit = new Visit();
        visit.requestId("req-2");

        audit.refused(
                visit,
                new IdentityException(IdentityException.Reason.INVALID, "Incorrect API key provided."),
                "GET",
                "/v3/models",
                "192.0.2.1");
        audit.changed(visit, "reload", "192.0.2.1");
        audit.close();

        List<JsonObject> lines = lines(file);
        assertThat(lines).extracting(line -> line.getString("event")).containsExactly("refused", "reload");
        assertThat(lines.get(0).getString("reason")).isEqualTo("invalid");
        assertThat(lines.get(0).getString("address")).isEqualTo("192.0.2.1");
    }

    @Test
    void aLogThatWasMovedAwayIsMadeAnew() throws IOException {
        Path file = folder.resolve("lines.log");
        try (LineLog log = LineLog.at(file.toString())) {
            log.write("one");
            Files.move(file, folder.resolve("lines.log.1"));
            log.write("two");
        }

        assertThat(folder.resolve("lines.log.1")).hasContent("one");
        assertThat(file).hasContent("two");
    }

    @Test
    void aLogThatCannotBeWrittenIsAnErrorAtTheStart() {
        assertThatThrownBy(() -> LineLog.at(folder.resolve("none/lines.log").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't be written");
    }

    private void end(Visit visit, boolean prompts) {
        AccessLog log = new AccessLog(
                settings(Optional.of(folder.resolve("access.log")), Optional.empty(), prompts),
                (tenant, status, usage, pictures) -> {});
        log.begin(visit);
        visit.prompt("user: a secret");
        visit.sawPicture("abc".getBytes(StandardCharsets.US_ASCII));
        visit.saw(new GenerationEvent.Text(0, "secret answer", 2));
        visit.saw(new GenerationEvent.Finished(new Usage(7, 2)));
        log.end(visit, "POST", "/v3/chat/completions", 200);
        log.close();
    }

    private static Visit visit() {
        Visit visit = new Visit();
        visit.requestId("req-1");
        visit.grant(Keys.grant("team", Limits.none()));
        visit.model("org/model");
        visit.begun();
        return visit;
    }

    private static SecuritySettings settings(Optional<Path> access, Optional<Path> audit, boolean prompts) {
        return new SecuritySettings(
                Optional.empty(),
                "",
                Duration.ZERO,
                1,
                List.of(),
                access.map(Path::toString),
                audit.map(Path::toString),
                prompts,
                "");
    }

    private static JsonObject only(Path file) throws IOException {
        List<JsonObject> lines = lines(file);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static List<JsonObject> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }
}
