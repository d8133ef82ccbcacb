package io.grevy.engine;

import io.grevy.openvino.BatchingPipeline;
import io.grevy.openvino.OpenVino;
import io.grevy.openvino.PictureEncoding;
import io.grevy.openvino.SequentialPipeline;
import io.grevy.openvino.Tokenizer;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.ModelDefinition;
import java.util.HashMap;
import java.util.Map;

/** A model's native pipeline, of the kind that its definition names. Closing frees it; twice is harmless. */
sealed interface ModelPipeline extends AutoCloseable {

    Tokenizer tokenizer();

    @Override
    void close();

    /** Runs many requests at once. */
    record Batching(BatchingPipeline pipeline, PictureEncoding pictures) implements ModelPipeline {
        @Override
        public Tokenizer tokenizer() {
            return pipeline.tokenizer();
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }

    /** Runs one request at a time. */
    record Sequential(SequentialPipeline pipeline) implements ModelPipeline {
        @Override
        public Tokenizer tokenizer() {
            return pipeline.tokenizer();
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }

    /**
     * Loads the model, which takes seconds to minutes.
     *
     * @param keepsPictures whether encoded pictures are to be kept, where that can be
     * @throws RuntimeException if the native libraries or the model cannot be loaded; the message is for the operator
     */
    static ModelPipeline open(ModelDefinition model, boolean keepsPictures) {
        OpenVino.load();
        ExecutionSettings execution = model.execution();
        return switch (model.pipeline()) {
            case LM_CB -> new Batching(openBatching(model), new PictureEncoding.Within("it takes none"));
            case VLM_CB -> openSeeing(model, keepsPictures);
            case VLM ->
                new Sequential(
                        SequentialPipeline.openVision(model.folder(), execution.targetDevice(), properties(execution)));
            case LM ->
                new Sequential(
                        SequentialPipeline.openText(model.folder(), execution.targetDevice(), properties(execution)));
        };
    }

    private static BatchingPipeline openBatching(ModelDefinition model) {
        ExecutionSettings execution = model.execution();
        return BatchingPipeline.open(
                model.folder(),
                execution.targetDevice(),
                BatchingSettings.scheduler(model),
                BatchingSettings.speculation(model),
                properties(execution));
    }

    private static ModelPipeline openSeeing(ModelDefinition model, boolean keepsPictures) {
        BatchingPipeline pipeline = openBatching(model);
        if (!keepsPictures) {
            return new Batching(pipeline, new PictureEncoding.Within("picture_cache_mb is 0"));
        }
        try {
            return new Batching(pipeline, pipeline.encodePicturesBeside());
        } catch (RuntimeException e) {
            pipeline.close();
            return new Batching(openBatching(model), new PictureEncoding.Within(String.valueOf(e.getMessage())));
        }
    }

    /** On the CPU, compiled kernels for shapes seen once are not kept: they would add up to hundreds of MB. */
    private static Map<String, Object> properties(ExecutionSettings execution) {
        Map<String, Object> properties = new HashMap<>(execution.pluginConfig());
        if (execution.targetDevice().equals("CPU")) {
            properties.putIfAbsent("CPU_RUNTIME_CACHE_CAPACITY", 0L);
        }
        return properties;
    }
}
