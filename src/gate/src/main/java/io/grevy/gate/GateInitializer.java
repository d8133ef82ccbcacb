package io.grevy.gate;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Gate} in front of Liberty's own paths; its health checks and other applications are left alone. */
public final class GateInitializer implements ServletContainerInitializer {

    private static final Set<String> GUARDED = Set.of("/metrics", "/openapi", "/openapi/ui", "/ibm/api");

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        if (GUARDED.contains(context.getContextPath())) {
            FilterRegistration.Dynamic gate = context.addFilter("grevy-gate", new Gate());
            gate.setAsyncSupported(true);
            gate.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
    }
}
