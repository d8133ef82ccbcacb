package io.grevy.model;

import io.grevy.repository.ModelDefinition;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The beans of one loaded model. Thread-safe; the lock is this object. */
final class ModelInstance {

    private static final System.Logger LOG = System.getLogger(ModelInstance.class.getName());

    private final ModelDefinition definition;
    private final Map<Contextual<?>, Bean<?>> beans = new LinkedHashMap<>();

    ModelInstance(ModelDefinition definition) {
        this.definition = definition;
    }

    ModelDefinition definition() {
        return definition;
    }

    synchronized <T> @Nullable T find(Contextual<T> contextual) {
        @SuppressWarnings("unchecked") // a contextual's bean was made by it
        Bean<T> bean = (Bean<T>) beans.get(contextual);
        return bean == null ? null : bean.instance;
    }

    synchronized <T> T create(Contextual<T> contextual, CreationalContext<T> creation) {
        T instance = contextual.create(creation);
        // Put after the bean's own dependencies, so that it is destroyed before them.
        beans.put(contextual, new Bean<>(contextual, instance, creation));
        return instance;
    }

    synchronized void destroy(Contextual<?> contextual) {
        Bean<?> bean = beans.remove(contextual);
        if (bean != null) {
            bean.destroy();
        }
    }

    /** Destroys all beans, the newest first. */
    synchronized void destroyAll() {
        Contextual<?>[] oldestFirst = beans.keySet().toArray(new Contextual<?>[0]);
        for (int i = oldestFirst.length - 1; i >= 0; i--) {
            try {
                destroy(oldestFirst[i]);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "A bean of model " + definition.name() + " was not destroyed", e);
            }
        }
    }

    private record Bean<T>(Contextual<T> contextual, T instance, CreationalContext<T> creation) {
        void destroy() {
            contextual.destroy(instance, creation);
        }
    }
}
