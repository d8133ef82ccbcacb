package io.grevy.engine;

import io.grevy.component.Settings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How engines are run and watched.
 *
 * @param stuckAfter how long an engine may make no progress before liveness is down
 * @param pictureCacheBytes the most that each model keeps of encoded pictures; 0 leaves pictures to the engine, which
 *     keeps none
 */
record EngineSettings(Duration stuckAfter, long pictureCacheBytes) {

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    static EngineSettings of(Config config) {
        Settings settings = new Settings(config);
        return new EngineSettings(
                settings.seconds("grevy.stuck_seconds", 300, 1, 86_400),
                settings.number("grevy.picture_cache_mb", 128, 0, 1_000_000) << 20);
    }
}
