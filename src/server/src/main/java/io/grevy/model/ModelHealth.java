package io.grevy.model;

import io.grevy.component.Component;
import io.grevy.inference.EngineCondition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** The health checks that concern all models; {@link ModelReadiness} is the one of a single model. */
@Component
class ModelHealth {

    private final ModelRegistry registry;

    @Inject
    ModelHealth(ModelRegistry registry) {
        this.registry = registry;
    }

    /** UP when each model was loaded, or failed to: until then nobody should judge liveness. */
    @Produces
    @Startup
    HealthCheck started() {
        return () -> {
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("models-loaded").status(registry.attempted());
            registry.statuses()
                    .forEach(status ->
                            response.withData(status.name(), status.state().name()));
            return response.build();
        };
    }

    /** DOWN when an engine is dead or its loop is stuck: only a restart helps then. */
    @Produces
    @Liveness
    HealthCheck live() {
        return () -> {
            List<ModelStatus> statuses = registry.statuses();
            HealthCheckResponseBuilder response = HealthCheckResponse.named("engines")
                    .status(statuses.stream().allMatch(status -> status.condition() == EngineCondition.WELL));
            statuses.forEach(status ->
                    response.withData(status.name(), status.condition().name()));
            return response.build();
        };
    }
}
