package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a graph.pbtxt says.
 *
 * @param modelFolder the model's files; relative is meant from the graph's own folder, so {@code ""} is that folder
 * @param pipeline empty for AUTO
 * @param execution how the model runs
 */
public record GraphDescription(Path modelFolder, Optional<PipelineType> pipeline, ExecutionSettings execution) {

    /**
     * A model with these options, and the command line's defaults for what they leave open (with prefix caching). A
     * draft model that is not given by an absolute path is meant to lie in the model's folder.
     */
    public static GraphDescription of(Path modelFolder, ServingOptions options) {
        return new GraphDescription(
                modelFolder, options.pipelineType(), options.over(ExecutionSettings.defaults(), modelFolder));
    }
}
