package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;

/** The settings that say which model to serve, and which of them go together. */
record ModelSettings(
        Optional<String> config,
        Optional<String> path,
        Optional<String> name,
        Optional<String> repository,
        Optional<SourceModel> source,
        Optional<String> gguf,
        Path base) {

    Optional<ModelSource> models() {
        if (config.isPresent()) {
            refuse(path, "config_path", "model_path");
            refuse(name, "config_path", "model_name");
            refuse(repository, "config_path", "model_repository_path");
            refuse(source, "config_path", "source_model");
            return Optional.of(new ModelSource.Config(resolve(config.get())));
        }
        if (path.isPresent()) {
            refuse(repository, "model_path", "model_repository_path");
            refuse(source, "model_path", "source_model");
            Path folder = resolve(path.get());
            return Optional.of(new ModelSource.Single(named(name.orElseGet(() -> lastPart(folder))), folder));
        }
        if (source.isPresent()) {
            return Optional.of(pulled(source.get()));
        }
        if (repository.isPresent()) {
            String model = named(name.orElseThrow(() -> new RepositoryException(
                    "model_repository_path: model_name is needed, to say which of its models to serve")));
            return Optional.of(
                    new ModelSource.Single(model, resolve(repository.get()).resolve(model)));
        }
        if (name.isPresent()) {
            throw new RepositoryException("model_name '" + name.get()
                    + "': model_path or model_repository_path is needed, to say where the model lies");
        }
        return Optional.empty();
    }

    private ModelSource pulled(SourceModel model) {
        Path folder = resolve(repository.orElseThrow(() -> new RepositoryException(
                "source_model '" + model + "': model_repository_path is needed, the folder to pull it into")));
        Path pulled = model.folder(folder);
        return new ModelSource.Single(
                named(name.orElse(model.name())), gguf.map(pulled::resolve).orElse(pulled));
    }

    private static String named(String model) {
        ModelName.check(model);
        return model;
    }

    private Path resolve(String text) {
        return base.resolve(text).normalize();
    }

    private static String lastPart(Path folder) {
        Path last = folder.getFileName();
        if (last == null) {
            throw new RepositoryException(
                    "model_path '" + folder + "': model_name is needed, the path has no last part");
        }
        return last.toString();
    }

    private static void refuse(Optional<?> other, String first, String second) {
        if (other.isPresent()) {
            throw new RepositoryException(first + " and " + second + " exclude each other");
        }
    }
}
