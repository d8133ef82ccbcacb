package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One model as it is to be served.
 *
 * @param name the name that requests use
 * @param folder the folder that holds the model's files, or its GGUF file; absolute, and there when it was read
 * @param pipeline the engine, resolved: it fits the folder and the device
 * @param execution how it runs
 * @param facts what the folder says of the model
 * @param version the number of the version subfolder that it was found in, 1 where there is none
 * @param chatTemplate a file with the template that is applied in place of the model's own; read when it is loaded
 */
public record ModelDefinition(
        String name,
        Path folder,
        PipelineType pipeline,
        ExecutionSettings execution,
        ModelFacts facts,
        int version,
        Optional<Path> chatTemplate) {

    /** With its own chat template. */
    public ModelDefinition(
            String name,
            Path folder,
            PipelineType pipeline,
            ExecutionSettings execution,
            ModelFacts facts,
            int version) {
        this(name, folder, pipeline, execution, facts, version, Optional.empty());
    }
}
