package io.grevy.engine;

import io.grevy.openvino.BatchingPipeline;
import io.grevy.openvino.OpenVino;
import io.grevy.openvino.SchedulerSettings;
import io.grevy.openvino.SequentialPipeline;
import io.grevy.openvino.Tokenizer;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.ModelDefinition;

/** A model's native pipeline, of the kind that its definition names. Closing frees it; twice is harmless. */
sealed interface ModelPipeline extends AutoCloseable {

    Tokenizer tokenizer();

    @Override
    void close();

    /** Runs many requests at once. */
    record Batching(BatchingPipeline pipeline) implements ModelPipeline {
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
     * @throws RuntimeException if the native libraries or the model cannot be loaded; the message is for the operator
     */
    static ModelPipeline open(ModelDefinition model) {
        OpenVino.load();
        ExecutionSettings execution = model.execution();
        return switch (model.pipeline()) {
            case LM_CB, VLM_CB ->
                new Batching(BatchingPipeline.open(
                        model.folder(), execution.targetDevice(), scheduler(execution), execution.pluginConfig()));
            case VLM ->
                new Sequential(SequentialPipeline.openVision(
                        model.folder(), execution.targetDevice(), execution.pluginConfig()));
            case LM ->
                new Sequential(SequentialPipeline.openText(
                        model.folder(), execution.targetDevice(), execution.pluginConfig()));
        };
    }

    private static SchedulerSettings scheduler(ExecutionSettings execution) {
        return new SchedulerSettings(
                execution.cacheSizeGb(),
                execution.maxNumBatchedTokens(),
                execution.maxNumSeqs(),
                execution.dynamicSplitFuse(),
                execution.enablePrefixCaching());
    }
}
