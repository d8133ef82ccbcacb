package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.image.AllowedDomains;
import io.grevy.image.PictureSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatSettingsTest {

    @Test
    void testDefaults() {
        ChatSettings settings = Samples.chatSettings(Map.of());

        assertThat(settings.maxRequestBytes()).isEqualTo(64 << 20);
        assertThat(settings.maxHeldBytes()).isGreaterThanOrEqualTo(settings.maxRequestBytes());
        assertThat(settings.maxRequests()).isEqualTo(512);
        assertThat(settings.maxChoices()).isEqualTo(8);
        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.pictures()).isEqualTo(PictureSettings.defaults());
    }

    @Test
    void testExplicitPropertyMappings() {
        ChatSettings settings = Samples.chatSettings(Map.of(
                "grevy.max_request_bytes", "5000",
                "grevy.max_held_request_bytes", "6000",
                "grevy.max_requests", "7",
                "grevy.max_choices", "2",
                "grevy.sse_heartbeat_seconds", "0",
                "grevy.max_image_bytes", "1000",
                "grevy.max_image_pixels", "2000",
                "grevy.max_images", "3",
                "grevy.media_timeout_seconds", "4",
                "grevy.allowed_media_domains", "example.org"));

        assertThat(settings)
                .isEqualTo(new ChatSettings(
                        5000,
                        6000,
                        7,
                        2,
                        Duration.ZERO,
                        new PictureSettings(
                                1000, 2000, 3, Duration.ofSeconds(4), AllowedDomains.parse("example.org"))));
    }

    @Test
    void refusesABadValueWithItsKeyAndWhatIsAllowed() {
        assertThatThrownBy(() -> Samples.chatSettings(Map.of("grevy.max_choices", "0")))
                .hasMessageContainingAll("grevy.max_choices", "'0'", "from 1 to 128");
        assertThatThrownBy(() -> Samples.chatSettings(Map.of("grevy.sse_heartbeat_seconds", "soon")))
                .hasMessageContainingAll("grevy.sse_heartbeat_seconds", "'soon'");
        assertThatThrownBy(() -> Samples.chatSettings(Map.of("grevy.allowed_media_domains", "*.org")))
                .hasMessageContainingAll("grevy.allowed_media_domains", "*.org", "wildcard");
        assertThatThrownBy(() -> Samples.chatSettings(
                        Map.of("grevy.max_request_bytes", "9000", "grevy.max_held_request_bytes", "8000")))
                .hasMessageContainingAll("grevy.max_held_request_bytes", "8000", "9000");
    }
}
