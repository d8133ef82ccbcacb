package io.grevy.engine;

import io.grevy.component.Settings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How engines are watched.
 *
 * @param stuckAfter how long an engine may make no progress before liveness is down
 */
record EngineSettings(Duration stuckAfter) {

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    static EngineSettings of(Config config) {
        return new EngineSettings(new Settings(config).seconds("grevy.stuck_seconds", 300, 1, 86_400));
    }
}
