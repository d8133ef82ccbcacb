package io.grevy.repository;

import java.nio.file.Path;

/**
 * One model as it is to be served.
 *
 * @param name the name that requests use
 * @param folder the folder that holds the model's files, or its GGUF file; absolute, and there when it was read
 * @param pipeline the engine, resolved: it fits the folder and the device
 * @param execution how it runs
 * @param facts what the folder says of the model
 * @param version the number of the version subfolder that it was found in, 1 where there is none
 */
public record ModelDefinition(
        String name, Path folder, PipelineType pipeline, ExecutionSettings execution, ModelFacts facts, int version) {}
