package io.grevy.security;

import io.grevy.component.Component;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of JSON for what whoever guards this server wants to see apart from its traffic: keys that were refused, and
 * what was changed by whom. Thread-safe.
 */
@Component
public class AuditLog {

    private final Optional<LineLog> log;

    @Inject
    AuditLog(SecuritySettings settings) {
        this.log = settings.auditLog().map(LineLog::at);
    }

    /**
     * Writes down that somebody was refused.
     *
     * @param address where the request came from
     */
    public void refused(Visit visit, IdentityException e, String method, String path, String address) {
        write(line(visit, "refused")
                .add("reason", e.reason().name().toLowerCase(Locale.ROOT))
                .add("method", method)
                .add("path", path)
                .add("address", address)
                .build());
    }

    /**
     * Writes down that something is changed by a request.
     *
     * @param what a word such as {@code reload}
     */
    public void changed(Visit visit, String what, String address) {
        write(line(visit, what).add("address", address).build());
    }

    private static JsonObjectBuilder line(Visit visit, String event) {
        return Json.createObjectBuilder()
                .add("time", Instant.now().toString())
                .add("event", event)
                .add("request_id", visit.requestId())
                .add("tenant", visit.grant().tenant())
                .add("key", visit.grant().name());
    }

    private void write(JsonObject line) {
        log.ifPresent(lines -> lines.write(line.toString()));
    }

    @PreDestroy
    void close() {
        log.ifPresent(LineLog::close);
    }
}
