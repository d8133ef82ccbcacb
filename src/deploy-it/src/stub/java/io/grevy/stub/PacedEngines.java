package io.grevy.stub;

import io.grevy.component.Component;
import io.grevy.inference.Engine;
import io.grevy.model.ModelScoped;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;

/** Puts {@link PacedEngine} in the place of OpenVINO. */
@Component
@Alternative
@Priority(1)
public class PacedEngines {

    @Produces
    @ModelScoped
    Engine engine() {
        return new PacedEngine();
    }
}
