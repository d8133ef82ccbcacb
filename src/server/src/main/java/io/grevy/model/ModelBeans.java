package io.grevy.model;

import io.grevy.component.Component;
import io.grevy.repository.ModelDefinition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** What models are made of that no class of ours makes. */
@Component
class ModelBeans {

    /** The definition of the model that is being loaded. */
    @Produces
    @ModelScoped
    ModelDefinition definition() {
        return ModelContext.current().definition();
    }

    @Produces
    @Singleton
    ModelSettings settings() {
        return ModelSettings.of(ConfigProvider.getConfig());
    }

    @Produces
    @Singleton
    ConfiguredModels configuredModels() {
        return ConfiguredModels.of(ConfigProvider.getConfig());
    }
}
