package io.grevy.model;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tells CDI of {@link ModelScoped}, and looks at the configuration before anything else does. */
public final class ModelScopeExtension implements Extension {

    void registerContext(@Observes AfterBeanDiscovery event) {
        event.addContext(new ModelContext());
    }

    /** A configuration that is wrong as a whole ends the deployment here, with its own message. */
    void checkConfiguration(@Observes AfterBeanDiscovery event) {
        ConfiguredModels.of(ConfigProvider.getConfig()).read();
    }
}
