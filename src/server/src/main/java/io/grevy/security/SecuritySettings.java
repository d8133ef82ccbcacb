package io.grevy.security;

import io.grevy.component.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may ask and what is written down.
 *
 * @param keyFile the file of API keys; without it everybody may do everything
 * @param launcherHash the SHA-256 of the key by which the launcher asks for the models' states
 * @param requestTimeout how long a request may take; zero for ever
 * @param share how many requests a tenant may have at one time, where there are tenants and its limits do not say
 * @param allowedOrigins of pages that may ask; {@code *} for all
 * @param accessLog where a line for each request goes; {@code -} is the console
 * @param auditLog where a line for each refusal of identity and each change goes
 * @param logPrompts whether the access log tells what was asked and answered
 * @param bindAddress where the server listens, as far as it is known
 */
public record SecuritySettings(
        Optional<Path> keyFile,
        String launcherHash,
        Duration requestTimeout,
        long share,
        List<String> allowedOrigins,
        Optional<String> accessLog,
        Optional<String> auditLog,
        boolean logPrompts,
        String bindAddress) {

    /** What a request's own limit may be at most, in seconds. */
    public static final long MOST_SECONDS = 1_000_000;

    public SecuritySettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    public static SecuritySettings from(Settings settings) {
        return new SecuritySettings(
                settings.text("grevy.api_key_file").map(Path::of),
                settings.text("grevy.launcher_key_sha256").orElse(""),
                settings.seconds("grevy.request_timeout_seconds", 0, 0, MOST_SECONDS),
                Math.max(1, settings.integer("grevy.max_requests", 512, 1, 100_000) / 2),
                origins(settings.text("grevy.allowed_origins").orElse("")),
                settings.text("grevy.access_log"),
                settings.text("grevy.audit_log"),
                settings.text("grevy.log_prompts").map(SecuritySettings::flag).orElse(false),
                settings.text("grevy.rest_bind_address").orElse(""));
    }

    private static List<String> origins(String text) {
        List<String> origins = text.isEmpty()
                ? List.of()
                : List.of(text.split(",", -1)).stream().map(String::strip).toList();
        for (String origin : origins) {
            if (!origin.equals("*") && !origin.matches("https?://[^\\s/?#@]+")) {
                throw new IllegalArgumentException("grevy.allowed_origins is '" + text + "'; '" + origin
                        + "' is not an origin such as https://app.example.org, nor *");
            }
        }
        return origins;
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("grevy.log_prompts is '" + text + "'; it must be true or false");
        };
    }
}
