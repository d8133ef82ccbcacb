package io.grevy.security;

import io.grevy.component.Component;
import io.grevy.component.Settings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Reads the settings, at start-up so that a bad value stops it, and makes what hangs on them. */
@Component
class SecurityBeans {

    private static final Logger LOG = System.getLogger(SecurityBeans.class.getName());

    private final SecuritySettings settings;
    private final Identity identity;

    @Inject
    SecurityBeans(Config config) {
        settings = SecuritySettings.from(new Settings(config));
        identity = settings.keyFile()
                .map(file -> Identity.byKeys(
                        new WatchedKeys(file, System::nanoTime), settings.launcherHash(), Clock.systemUTC()))
                .orElseGet(Identity::none);
    }

    /** Being called, this bean exists: its constructor has read and checked the settings and the keys. */
    void check(@Observes Startup startup) {
        if (!identity.required() && !Addresses.loopback(settings.bindAddress())) {
            LOG.log(
                    Level.WARNING,
                    "The server listens on {0} and asks nobody for a key: whoever reaches it may use every model,"
                            + " read the metrics and reload the configuration. Give it --api_key_file,"
                            + " or let it listen on 127.0.0.1.",
                    settings.bindAddress());
        }
    }

    @Produces
    @Singleton
    SecuritySettings settings() {
        return settings;
    }

    @Produces
    @Singleton
    Identity identity() {
        return identity;
    }
}
