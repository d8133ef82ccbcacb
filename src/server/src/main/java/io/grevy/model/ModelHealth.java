package io.grevy.model;

import io.grevy.component.Component;
import io.grevy.inference.EngineCondition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The health checks: one of each kind over all models, since models come and go. */
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
        return () -> response(
                        "models-loaded",
                        registry.attempted(),
                        status -> status.state().name())
                .build();
    }

    /** What {@link Models#ready} says, with each model's state and, where it did not load, why. */
    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            HealthCheckResponseBuilder response = response("models", registry.ready(), ModelHealth::stateAndError);
            registry.problem().ifPresent(problem -> response.withData("configuration", problem));
            return response.build();
        };
    }

    /** DOWN when an engine is dead or its loop is stuck: only a restart helps then. */
    @Produces
    @Liveness
    HealthCheck live() {
        return () -> response(
                        "engines",
                        registry.statuses().stream().allMatch(status -> status.condition() == EngineCondition.WELL),
                        status -> status.condition().name())
                .build();
    }

    /** A model that is being replaced has several states. */
    private HealthCheckResponseBuilder response(String name, boolean up, Function<ModelStatus, String> datum) {
        List<ModelStatus> statuses = registry.statuses();
        Map<String, String> data = new LinkedHashMap<>();
        statuses.forEach(status -> data.merge(status.name(), datum.apply(status), (one, other) -> one + "; " + other));
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(up);
        data.forEach(response::withData);
        return response;
    }

    private static String stateAndError(ModelStatus status) {
        return status.state() + status.error().map(error -> ": " + error).orElse("");
    }
}
