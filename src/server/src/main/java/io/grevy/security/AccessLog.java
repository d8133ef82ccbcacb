package io.grevy.security;

import io.grevy.component.Component;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * A line of JSON for each request: who asked what model, what it took, what came of it. Never what was asked or answered,
 * unless the operator says so. Thread-safe.
 */
@Component
public class AccessLog {

    private final Optional<LineLog> log;
    private final boolean prompts;
    private final Meter meter;

    @Inject
    AccessLog(SecuritySettings settings, Meter meter) {
        this.log = settings.accessLog().map(LineLog::at);
        this.prompts = settings.logPrompts();
        this.meter = meter;
    }

    /** Prepares a request for being logged. */
    public void begin(Visit visit) {
        if (log.isPresent()) {
            visit.willBeLogged(prompts);
        }
    }

    /**
     * Writes a request down, at its end.
     *
     * @param path without its query
     */
    public void end(Visit visit, String method, String path, int status) {
        visit.settle();
        Visit.Ending ending = visit.ending();
        if (ending.counted() || status == 429) {
            meter.ended(
                    ending.grant().tenant(),
                    status,
                    ending.usage(),
                    ending.pictures().size());
        }
        log.ifPresent(lines -> lines.write(line(ending, method, path, status)));
    }

    private static String line(Visit.Ending ending, String method, String path, int status) {
        JsonObjectBuilder line = Json.createObjectBuilder()
                .add("time", ending.arrival().toString())
                .add("request_id", ending.requestId())
                .add("tenant", ending.grant().tenant())
                .add("key", ending.grant().name())
                .add("method", method)
                .add("path", path)
                .add("status", status);
        addText(line, "error", ending.refusal());
        addText(line, "model", ending.model());
        if (ending.counted()) {
            line.add("prompt_tokens", ending.usage().promptTokens())
                    .add("completion_tokens", ending.usage().completionTokens());
        }
        addSeconds(line, "seconds_to_turn", ending.toTurn());
        addSeconds(line, "seconds_to_first_token", ending.toFirstToken());
        line.add("seconds", seconds(ending.time()));
        if (!ending.pictures().isEmpty()) {
            JsonArrayBuilder pictures = Json.createArrayBuilder();
            ending.pictures()
                    .forEach(picture -> pictures.add(Json.createObjectBuilder()
                            .add("sha256", picture.sha256())
                            .add("bytes", picture.bytes())));
            line.add("pictures", pictures);
        }
        addText(line, "prompt", ending.prompt());
        addText(line, "answer", ending.answer());
        return line.build().toString();
    }

    private static void addText(JsonObjectBuilder line, String name, String text) {
        if (!text.isEmpty()) {
            line.add(name, text);
        }
    }

    private static void addSeconds(JsonObjectBuilder line, String name, Duration time) {
        if (!time.isZero()) {
            line.add(name, seconds(time));
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1_000_000 / 1000.0;
    }

    @PreDestroy
    void close() {
        log.ifPresent(LineLog::close);
    }
}
