package io.grevy.repository;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the settings say that models come from: one folder, or a config.json. */
public sealed interface ModelSource {

    /**
     * The models by name and place, without a look at their folders.
     *
     * @throws RepositoryException where a config.json itself is wrong
     */
    List<ModelLocation> models();

    /**
     * Describes the models. One folder that cannot be served is an entry with the reason, as in a config.json.
     *
     * @throws RepositoryException where a config.json itself is wrong
     */
    ModelEntries entries(ServingOptions options);

    /** One model in one folder. */
    record Single(String name, Path folder) implements ModelSource {
        @Override
        public List<ModelLocation> models() {
            return List.of(new ModelLocation(name, folder, Optional.empty()));
        }

        @Override
        public ModelEntries entries(ServingOptions options) {
            try {
                return new ModelEntries(List.of(new ModelEntry.Found(ModelRepository.single(name, folder, options))));
            } catch (RepositoryException e) {
                return new ModelEntries(List.of(new ModelEntry.Rejected(name, e)));
            }
        }
    }

    /** The models of a config.json. */
    record Config(Path file) implements ModelSource {
        @Override
        public List<ModelLocation> models() {
            return ConfigFile.read(file).models();
        }

        @Override
        public ModelEntries entries(ServingOptions options) {
            return ModelRepository.fromConfig(file, options);
        }
    }

    /**
     * Reads {@code config_path}, {@code model_path}, {@code model_name}, {@code model_repository_path},
     * {@code source_model} and {@code gguf_filename}: a config.json alone, a folder (its last part is the name where none is given), a name in a
     * repository, or the place in it that a hub's model, or its GGUF file, has once it is pulled.
     *
     * @param setting gives a setting's text by its name
     * @param base what relative paths are meant from
     * @return empty where none of the settings is given
     * @throws RepositoryException naming settings that do not go together
     */
    static Optional<ModelSource> read(Function<String, Optional<String>> setting, Path base) {
        Settings settings = new Settings(setting);
        return new ModelSettings(
                        settings.text("config_path"),
                        settings.text("model_path"),
                        settings.text("model_name"),
                        settings.text("model_repository_path"),
                        settings.text("source_model").map(SourceModel::parse),
                        settings.text("gguf_filename"),
                        base.toAbsolutePath())
                .models();
    }
}
