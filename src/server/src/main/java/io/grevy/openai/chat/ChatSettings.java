package io.grevy.openai.chat;

import io.grevy.component.Settings;
import io.grevy.image.AllowedDomains;
import io.grevy.image.PictureSettings;
import java.time.Duration;

/**
 * What this server allows of a request for a chat completion.
 *
 * @param maxRequestBytes the longest body
 * @param maxHeldBytes the most bytes of bodies that are held at one time, those of requests that wait included
 * @param maxRequests the most requests that are held at one time, each with a thread
 * @param maxChoices the most answers of one request
 * @param heartbeat how long a stream stays silent before a comment is sent; zero for ever
 */
public record ChatSettings(
        long maxRequestBytes,
        long maxHeldBytes,
        int maxRequests,
        int maxChoices,
        Duration heartbeat,
        PictureSettings pictures) {

    private static final long MIB = 1 << 20;

    /** Reads and checks the configuration. The fallback of {@code maxHeldBytes} is a quarter of the heap. */
    public static ChatSettings from(Settings settings) {
        long maxRequestBytes = settings.number("grevy.max_request_bytes", 64 * MIB, 1024, 1024 * MIB);
        long quarter = Math.max(maxRequestBytes, Runtime.getRuntime().maxMemory() / 4);
        return new ChatSettings(
                maxRequestBytes,
                settings.number("grevy.max_held_request_bytes", quarter, maxRequestBytes, 1L << 50),
                settings.integer("grevy.max_requests", 512, 1, 100_000),
                settings.integer("grevy.max_choices", 8, 1, 128),
                settings.seconds("grevy.sse_heartbeat_seconds", 20, 0, 3600),
                pictures(settings));
    }

    private static PictureSettings pictures(Settings settings) {
        return new PictureSettings(
                settings.number("grevy.max_image_bytes", 20 * MIB, 1, 1024 * MIB),
                settings.number("grevy.max_image_pixels", 40_000_000, 1, 700_000_000),
                settings.integer("grevy.max_images", 16, 1, 1000),
                settings.seconds("grevy.media_timeout_seconds", 10, 1, 600),
                domains(settings.text("grevy.allowed_media_domains").orElse("")));
    }

    private static AllowedDomains domains(String text) {
        try {
            return AllowedDomains.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("grevy.allowed_media_domains is '" + text + "'; " + e.getMessage(), e);
        }
    }
}
