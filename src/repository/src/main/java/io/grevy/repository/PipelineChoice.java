package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;

/** Chooses the engine that fits a folder and a device, or says why the one asked for does not. */
final class PipelineChoice {
    private PipelineChoice() {}

    static PipelineType resolve(Optional<PipelineType> asked, ModelFacts facts, Path folder, String device) {
        boolean batching = !Device.oneAtATime(device);
        if (asked.isEmpty()) {
            return PipelineType.of(facts.vision(), batching);
        }
        PipelineType type = asked.get();
        if (type.vision() != facts.vision()) {
            throw new RepositoryException("pipeline_type " + type + " is for " + kind(type.vision()) + " models, but "
                    + folder + " holds a " + kind(facts.vision()) + " model (" + facts.modelType() + "): ask for "
                    + PipelineType.of(facts.vision(), batching) + " or AUTO");
        }
        if (type.continuousBatching() && !batching) {
            throw new RepositoryException("pipeline_type " + type + " does not run on " + device + ": ask for "
                    + PipelineType.of(facts.vision(), false) + " or AUTO");
        }
        return type;
    }

    private static String kind(boolean vision) {
        return vision ? "vision-language" : "text";
    }
}
