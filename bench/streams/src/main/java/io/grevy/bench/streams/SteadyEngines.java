package io.grevy.bench.streams;

import io.grevy.component.Component;
import io.grevy.inference.Engine;
import io.grevy.model.ModelScoped;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** Where this jar lies in the application, every model's engine is a steady one. */
@Component
@Alternative
@Priority(1)
public class SteadyEngines {

    @Produces
    @ModelScoped
    Engine engine() {
        return new SteadyEngine(capacity());
    }

    void close(@Disposes Engine engine) {
        engine.close();
    }

    private static int capacity() {
        String given = System.getenv("GREVY_BENCH_STREAMS");
        return given == null ? 1000 : Integer.parseInt(given);
    }
}
