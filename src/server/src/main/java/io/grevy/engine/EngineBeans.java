package io.grevy.engine;

import io.grevy.component.Component;
import io.grevy.inference.Engine;
import io.grevy.inference.Recorder;
import io.grevy.model.ModelScoped;
import io.grevy.repository.ModelDefinition;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;

/** The beans of a model's engine. The scope destroys them in the reverse order: first the engine, then its pipeline. */
@Component
class EngineBeans {

    @Produces
    @Singleton
    EngineSettings settings() {
        return EngineSettings.of(ConfigProvider.getConfig());
    }

    @Produces
    @ModelScoped
    ModelPipeline pipeline(ModelDefinition model) {
        return ModelPipeline.open(model);
    }

    void close(@Disposes ModelPipeline pipeline) {
        pipeline.close();
    }

    @Produces
    @ModelScoped
    PromptComposer composer(ModelDefinition model, ModelPipeline pipeline) throws IOException {
        boolean vision = model.pipeline().vision();
        boolean takesTokens = !vision && model.pipeline().continuousBatching();
        return new PromptComposer(
                pipeline.tokenizer(), ReservedText.of(model.folder(), vision), vision, takesTokens);
    }

    @Produces
    @ModelScoped
    GenerationOptions options(ModelDefinition model, PromptComposer composer) throws IOException {
        return new GenerationOptions(
                GenerationDefaults.of(model.folder()),
                model.facts().contextLength(),
                model.execution().maxTokensLimit(),
                composer::textTokens);
    }

    @Produces
    @ModelScoped
    Engine engine(
            ModelDefinition model,
            ModelPipeline pipeline,
            PromptComposer composer,
            GenerationOptions options,
            Recorder recorder,
            EngineSettings settings) {
        IncrementalDetokenizer.Decoder decoder = tokens -> pipeline.tokenizer().decode(tokens, true);
        if (pipeline instanceof ModelPipeline.Batching batching) {
            GenerationLoop loop = new BatchingLoop(model.name(), batching.pipeline(), recorder, settings.stuckAfter());
            return new LoopEngine(loop, composer, options, decoder, model.execution().maxNumSeqs());
        }
        ModelPipeline.Sequential sequential = (ModelPipeline.Sequential) pipeline;
        GenerationLoop loop = new SequentialLoop(model.name(), sequential.pipeline(), recorder, settings.stuckAfter());
        return new LoopEngine(loop, composer, options, decoder, 1);
    }

    void close(@Disposes Engine engine) {
        engine.close();
    }
}
