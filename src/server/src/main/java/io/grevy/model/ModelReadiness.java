package io.grevy.model;

import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** One model's readiness: UP only while it is AVAILABLE and its engine is well. */
final class ModelReadiness implements HealthCheck {

    private final String name;
    private final ModelRegistry registry;

    ModelReadiness(String name, ModelRegistry registry) {
        this.name = name;
        this.registry = registry;
    }

    @Override
    public HealthCheckResponse call() {
        ModelStatus status = registry.statuses().stream()
                .filter(candidate -> Objects.equals(candidate.name(), name))
                .findFirst()
                .orElseThrow();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name)
                .status(status.ready())
                .withData("state", status.state().name());
        status.error().ifPresent(error -> response.withData("error", error));
        return response.build();
    }
}
