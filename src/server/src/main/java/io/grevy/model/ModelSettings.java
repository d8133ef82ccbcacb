package io.grevy.model;

import io.grevy.component.Settings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How models are kept.
 *
 * @param maxQueue how many requests may wait for a model, besides those that run
 * @param drain how long an unloading model's running requests may go on; Liberty itself gives a server that stops
 *     30 seconds
 * @param idleUnload how long a model may go without a request before it is unloaded; zero for ever
 * @param poll how long to wait between two looks at the configuration and the models' files; zero for no looks
 */
record ModelSettings(int maxQueue, Duration drain, Duration idleUnload, Duration poll) {

    private static final int MOST_SECONDS = 1_000_000;

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    static ModelSettings of(Config config) {
        Settings settings = new Settings(config);
        return new ModelSettings(
                settings.integer("grevy.max_queue", 256, 0, 1_000_000),
                settings.seconds("grevy.drain_seconds", 30, 0, 30),
                settings.seconds("grevy.idle_unload_seconds", 0, 0, MOST_SECONDS),
                settings.seconds("grevy.file_system_poll_wait_seconds", 1, 0, MOST_SECONDS));
    }
}
