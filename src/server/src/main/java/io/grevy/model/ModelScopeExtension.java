package io.grevy.model;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** Tells CDI of {@link ModelScoped}, and of a readiness check for each model of the configuration. */
public final class ModelScopeExtension implements Extension {

    void registerContext(@Observes AfterBeanDiscovery event) {
        event.addContext(new ModelContext());
    }

    /** A wrong configuration ends the deployment here, with its own message. */
    void registerReadiness(@Observes AfterBeanDiscovery event) {
        ConfiguredModels.of(ConfigProvider.getConfig()).slots().forEach(slot -> {
            String name = slot.status().name();
            event.<HealthCheck>addBean()
                    .types(HealthCheck.class)
                    .qualifiers(Readiness.Literal.INSTANCE)
                    .scope(Singleton.class)
                    .beanClass(ModelReadiness.class)
                    .id(ModelReadiness.class.getName() + ":" + name)
                    .produceWith(beans -> new ModelReadiness(
                            name, beans.select(ModelRegistry.class).get()));
        });
    }
}
