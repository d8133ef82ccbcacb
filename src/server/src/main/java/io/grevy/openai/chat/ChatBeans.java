package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.component.Settings;
import io.grevy.image.PictureLoader;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Reads the settings, at start-up so that a bad value stops it, and makes what hangs on them. */
@Component
class ChatBeans {

    private final ChatSettings settings;

    @Inject
    ChatBeans(Config config) {
        settings = ChatSettings.from(new Settings(config));
    }

    void check(@Observes Startup startup) {
        // Being called, this bean exists: its constructor has read and checked the settings.
    }

    @Produces
    @Singleton
    ChatSettings settings() {
        return settings;
    }

    @Produces
    @Singleton
    PictureLoader pictures() {
        return new PictureLoader(settings.pictures());
    }

    void close(@Disposes PictureLoader pictures) {
        pictures.close();
    }
}
