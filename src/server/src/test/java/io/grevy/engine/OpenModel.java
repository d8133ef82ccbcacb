package io.grevy.engine;

import io.grevy.inference.Engine;
import io.grevy.inference.Recorder;
import io.grevy.openvino.Tokenizer;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.PipelineType;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A model's engine as the server makes it, without the container. */
record OpenModel(Engine engine, Tokenizer tokenizer, TokenizerThread thread) implements AutoCloseable {

    static OpenModel of(String fixture, PipelineType type, Recorder recorder) throws Exception {
        return of(Path.of(System.getProperty("repository.root"), "models/fixtures", fixture), type, recorder);
    }

    static OpenModel of(Path folder, PipelineType type, Recorder recorder) throws Exception {
        String fixture = String.valueOf(folder.getFileName());
        ServingOptions options =
                ServingOptions.read(key -> key.equals("pipeline_type") ? Optional.of(type.name()) : Optional.empty());
        return of(ModelRepository.single(fixture, folder, options), recorder);
    }

    static OpenModel of(ModelDefinition model, Recorder recorder) throws Exception {
        return of(model, recorder, new EngineSettings(Duration.ofMinutes(5), 64 << 20));
    }

    static OpenModel of(ModelDefinition model, Recorder recorder, EngineSettings settings) throws Exception {
        TokenizerThread thread = new TokenizerThread(model.name());
        EngineBeans beans = new EngineBeans();
        ModelPipeline pipeline = beans.pipeline(model, thread, settings);
        SpecialTokens special = beans.specialTokens(model);
        ChatTemplate template = beans.chatTemplate(model, pipeline, thread);
        Engine engine = beans.engine(
                model,
                pipeline,
                beans.composer(model, pipeline, template, special),
                beans.options(model, pipeline),
                thread,
                beans.detokenizers(pipeline, special, thread),
                beans.output(model, template),
                recorder,
                settings);
        return new OpenModel(engine, pipeline.tokenizer(), thread);
    }

    @Override
    public void close() {
        engine.close();
        thread.end();
    }
}
