package io.grevy.repository;

import java.io.IOException;
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

    /**
     * Writes down in a model's graph.pbtxt what these options say, so that the folder alone is then served as it now is
     * with them. What they leave open stays as the graph says, or gets the default where there is none.
     *
     * @param folder as with {@link #single}
     * @return the file
     * @throws RepositoryException where the model would not be served
     * @throws IOException if the file cannot be written; an earlier one is then still there
     */
    public static Path configure(Path folder, ServingOptions options) throws IOException {
        if (GgufFile.named(folder)) {
            throw new RepositoryException(folder + ": a graph.pbtxt holds for a folder, so name that of the file");
        }
        if (options.chatTemplateFile().isPresent()) {
            throw new RepositoryException(
                    "chat_template_file '" + options.chatTemplateFile().get()
                            + "': a graph.pbtxt cannot name one; give it when serving, or put it into the model's folder as chat_template.jinja");
        }
        ModelLocation model = new ModelLocation("configured", folder, Optional.empty());
        describe(model, options);
        Located located = locate(model);
        Path graph = located.home.folder().resolve(ModelFolder.GRAPH);
        GraphFile.write(graph, located.under(options));
        return graph;
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
        Located located = locate(model);
        GraphDescription said = located.under(options);
        ModelFacts facts = located.files.facts();
        PipelineType pipeline = PipelineChoice.resolve(
                said.pipeline(), facts, located.files.path(), said.execution().targetDevice());
        ExecutionCheck.check(pipeline, said.execution());
        return new ModelDefinition(
                model.name(),
                located.files.path(),
                pipeline,
                said.execution(),
                facts,
                located.home.versionBelow(model.basePath()),
                options.chatTemplateFile());
    }

    private static Located locate(ModelLocation model) {
        ModelFiles home = ModelFiles.locate(model.basePath().toAbsolutePath().normalize());
        Optional<GraphDescription> graph = model.graphPath().or(home::graph).map(GraphFile::read);
        return new Located(
                home,
                graph,
                graph.map(said -> ModelFiles.locate(said.modelFolder())).orElse(home));
    }

    /**
     * @param home where a graph lies, or would
     * @param files those of the model, which the graph may have elsewhere
     */
    private record Located(ModelFiles home, Optional<GraphDescription> graph, ModelFiles files) {

        /** What the graph says, or else what holds without one, with these options over it. */
        GraphDescription under(ServingOptions options) {
            ExecutionSettings base = graph.map(GraphDescription::execution).orElseGet(ExecutionSettings::defaults);
            return new GraphDescription(
                    files.path(),
                    options.pipelineType().or(() -> graph.flatMap(GraphDescription::pipeline)),
                    options.over(base, files.path()));
        }
    }
}
