package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what is to be served from disk. What an option says comes first, then the folder's graph.pbtxt, then the
 * defaults. Stateless: each call reads the disk anew.
 */
public final class ModelRepository {
    private ModelRepository() {}

    /**
     * Describes the model in one folder.
     *
     * @param folder the model's folder, or one with OVMS's version subfolders; relative to the working directory
     * @throws RepositoryException naming what is missing or wrong
     */
    public static ModelDefinition single(String name, Path folder, ServingOptions options) {
        return describe(new ModelLocation(name, folder, Optional.empty()), options);
    }

    /**
     * Describes the models of a config.json: {@code model_config_list} and the older {@code mediapipe_config_list}. A
     * relative {@code base_path} is meant from the file's folder, a relative {@code graph_path} from the
     * {@code base_path}. A model that cannot be served is an entry with the reason.
     *
     * @throws RepositoryException naming the file and the place in it, where the file itself is wrong
     */
    public static ModelEntries fromConfig(Path configJson, ServingOptions options) {
        return new ModelEntries(ConfigFile.read(configJson).models().stream()
                .map(model -> entry(model, options))
                .toList());
    }

    private static ModelEntry entry(ModelLocation model, ServingOptions options) {
        try {
            return new ModelEntry.Found(describe(model, options));
        } catch (RepositoryException e) {
            return new ModelEntry.Rejected(model.name(), e);
        }
    }

    /**
     * Describes the model that lies there, as the disk is now.
     *
     * @throws RepositoryException naming what is missing or wrong
     */
    public static ModelDefinition describe(ModelLocation model, ServingOptions options) {
        ModelName.check(model.name());
        ModelFolder located =
                ModelFolder.locate(model.basePath().toAbsolutePath().normalize());
        Optional<GraphDescription> graph = model.graphPath().or(located::graph).map(GraphFile::read);
        ModelFolder folder =
                graph.map(said -> ModelFolder.locate(said.modelFolder())).orElse(located);
        ModelFacts facts = folder.facts();
        ExecutionSettings execution =
                options.over(graph.map(GraphDescription::execution).orElseGet(ExecutionSettings::defaults));
        PipelineType pipeline = PipelineChoice.resolve(
                options.pipelineType().or(() -> graph.flatMap(GraphDescription::pipeline)),
                facts,
                folder.path(),
                execution.targetDevice());
        return new ModelDefinition(
                model.name(), folder.path(), pipeline, execution, facts, located.versionBelow(model.basePath()));
    }
}
