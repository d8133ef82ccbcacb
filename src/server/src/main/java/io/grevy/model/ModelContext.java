package io.grevy.model;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context of {@link ModelScoped}: one {@link ModelInstance} a loaded model. Thread-safe. */
final class ModelContext implements AlterableContext {

    private static final ThreadLocal<@Nullable ModelInstance> CURRENT = new ThreadLocal<>();

    /** Runs something with this model's context active on the calling thread. */
    static <T> T with(ModelInstance instance, Supplier<T> body) {
        ModelInstance before = CURRENT.get();
        CURRENT.set(instance);
        try {
            return body.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** @throws ContextNotActiveException if no model is being loaded on this thread */
    static ModelInstance current() {
        ModelInstance instance = CURRENT.get();
        if (instance == null) {
            throw new ContextNotActiveException("No model is being loaded on thread "
                    + Thread.currentThread().getName() + ", so @ModelScoped is not active here.");
        }
        return instance;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return ModelScoped.class;
    }

    @Override
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creation) {
        T instance = get(contextual);
        return instance == null ? current().create(contextual, creation) : instance;
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual) {
        return current().find(contextual);
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        current().destroy(contextual);
    }

    @Override
    public boolean isActive() {
        return CURRENT.get() != null;
    }
}
