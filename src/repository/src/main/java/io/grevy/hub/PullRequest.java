package io.grevy.hub;

import io.grevy.repository.RepositoryException;
import io.grevy.repository.SourceModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model to pull.
 *
 * @param repository the folder that holds models; the model's own lies in it, by its name on the hub
 * @param gguf the one file that is wanted of a repository of GGUF files; its other parts come with it
 * @param overwrite whether what is there already is pulled anew
 */
public record PullRequest(SourceModel source, Path repository, Optional<String> gguf, boolean overwrite) {

    /**
     * Reads {@code source_model}, {@code model_repository_path}, {@code gguf_filename}, {@code task} and
     * {@code overwrite_models}.
     *
     * @param setting gives a setting's text by its name
     * @param base what relative paths are meant from
     * @return empty where no source_model is given
     * @throws RepositoryException naming the setting that is wrong or missing
     */
    public static Optional<PullRequest> read(Function<String, Optional<String>> setting, Path base) {
        Function<String, Optional<String>> text =
                key -> setting.apply(key).map(String::strip).filter(value -> !value.isEmpty());
        Optional<String> gguf = text.apply("gguf_filename");
        boolean overwrite = flag("overwrite_models", text.apply("overwrite_models"));
        requireTask(text.apply("task"));
        Optional<String> source = text.apply("source_model");
        if (source.isEmpty()) {
            gguf.ifPresent(file -> {
                throw new RepositoryException(
                        "gguf_filename '" + file + "': source_model is needed, to say which repository holds it");
            });
            return Optional.empty();
        }
        Path repository = text.apply("model_repository_path")
                .map(folder -> base.resolve(folder).toAbsolutePath().normalize())
                .orElseThrow(() -> new RepositoryException("source_model '" + source.get()
                        + "': model_repository_path is needed, the folder to pull it into"));
        return Optional.of(new PullRequest(SourceModel.parse(source.get()), repository, gguf, overwrite));
    }

    public PullRequest {
        gguf.ifPresent(GgufParts::of);
    }

    /** The same, but with what is there already kept. */
    public PullRequest keeping() {
        return new PullRequest(source, repository, gguf, false);
    }

    /** The folder that will hold the model's files. */
    public Path folder() {
        return source.folder(repository);
    }

    /** The files that are wanted by name; empty for all. */
    List<String> namedFiles() {
        return gguf.map(GgufParts::of).orElse(List.of());
    }

    private static boolean flag(String key, Optional<String> text) {
        return text.map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new RepositoryException(key + " '" + value + "': allowed are true, false");
                })
                .orElse(false);
    }

    private static void requireTask(Optional<String> task) {
        task.filter(name -> !name.equals("text_generation")).ifPresent(name -> {
            throw new RepositoryException(
                    "task '" + name + "': allowed is text_generation; models of other tasks are not served");
        });
    }
}
