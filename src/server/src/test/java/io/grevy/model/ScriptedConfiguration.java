package io.grevy.model;

import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelLocation;
import io.grevy.repository.RepositoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A configuration that a test writes. Thread-safe but for writing. */
final class ScriptedConfiguration implements Supplier<List<ConfiguredModel>> {

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private volatile Map<String, ConfiguredModel> models = Map.of();
    private volatile @Nullable RepositoryException wrong;

    /** Names a model that is prepared at once. */
    void put(String name, String folder) {
        put(name, folder, progress -> ScriptedEngine.definition(name));
    }

    void put(String name, String folder, ModelPreparation preparation) {
        Map<String, ConfiguredModel> changed = new LinkedHashMap<>(models);
        ModelLocation location = new ModelLocation(name, Path.of("/models", folder), Optional.empty());
        changed.put(name, new ConfiguredModel(location, () -> files.getOrDefault(name, ""), preparation));
        models = changed;
    }

    void putFailing(String name, String folder, String error) {
        put(name, folder, progress -> {
            throw new RepositoryException(error);
        });
    }

    /** Names a model whose preparation waits for the gate. */
    void putGated(String name, String folder, Gate gate) {
        put(name, folder, progress -> {
            gate.pass();
            return definition(name);
        });
    }

    void remove(String name) {
        Map<String, ConfiguredModel> changed = new LinkedHashMap<>(models);
        changed.remove(name);
        models = changed;
    }

    void files(String name, String text) {
        files.put(name, text);
    }

    void breakWith(String message) {
        wrong = new RepositoryException(message);
    }

    void mend() {
        wrong = null;
    }

    private static ModelDefinition definition(String name) {
        return ScriptedEngine.definition(name);
    }

    @Override
    public List<ConfiguredModel> get() {
        RepositoryException now = wrong;
        if (now != null) {
            throw now;
        }
        return List.copyOf(models.values());
    }
}
