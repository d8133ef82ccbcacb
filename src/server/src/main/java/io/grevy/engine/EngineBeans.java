package io.grevy.engine;

import io.grevy.component.Component;
import io.grevy.inference.Engine;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.Recorder;
import io.grevy.model.ModelScoped;
import io.grevy.openvino.EngineException;
import io.grevy.openvino.OpenVino;
import io.grevy.openvino.PictureEncoding;
import io.grevy.openvino.Tokenizer;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.OutputParsing;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** The beans of a model's engine. The scope destroys them in the reverse order: first the engine, then its pipeline. */
@Component
class EngineBeans {

    private static final System.Logger LOG = System.getLogger(EngineBeans.class.getName());

    @Produces
    @Singleton
    EngineSettings settings() {
        return EngineSettings.of(ConfigProvider.getConfig());
    }

    /** Depends on the tokenizer's thread, so that this outlives it. */
    @Produces
    @ModelScoped
    ModelPipeline pipeline(ModelDefinition model, TokenizerThread thread, EngineSettings settings) throws Exception {
        return thread.call(() -> open(model, settings.pictureCacheBytes() > 0));
    }

    /** What the engine says is kept beside, not as the cause: of causes the innermost is what the operator is shown. */
    private static ModelPipeline open(ModelDefinition model, boolean keepsPictures) {
        try {
            return ModelPipeline.open(model, keepsPictures);
        } catch (EngineException e) {
            RuntimeException plain = new IllegalStateException("OpenVINO GenAI does not load this model of type "
                    + model.facts().modelType() + ": " + EngineMessages.lastLine(e));
            plain.addSuppressed(e);
            throw plain;
        }
    }

    /** Models come and go while others serve, so what this one had is given back at once. */
    void close(@Disposes ModelPipeline pipeline) {
        pipeline.close();
        OpenVino.returnFreedMemory();
    }

    @Produces
    @ModelScoped
    SpecialTokens specialTokens(ModelDefinition model) throws IOException {
        return SpecialTokens.of(model.folder());
    }

    @Produces
    @ModelScoped
    ChatTemplate chatTemplate(ModelDefinition model, ModelPipeline pipeline, TokenizerThread thread) throws Exception {
        return thread.call(() -> ChatTemplate.of(model.chatTemplate(), pipeline.tokenizer()));
    }

    @Produces
    @ModelScoped
    PromptComposer composer(
            ModelDefinition model, ModelPipeline pipeline, ChatTemplate template, SpecialTokens special) {
        boolean vision = model.pipeline().vision();
        boolean takesTokens = !vision && model.pipeline().continuousBatching();
        Tokenizer tokenizer = pipeline.tokenizer();
        ReservedText reserved = ReservedText.of(special, vision);
        RawPrompts raw = new RawPrompts(tokenizer, reserved, ReservedText.pictureTags(vision), takesTokens);
        Sight sight = new Sight(
                model.name(), vision, vision ? VideoOrder.of(model.facts().modelType()) : VideoOrder.NONE);
        return new PromptComposer(tokenizer, template, reserved, sight, takesTokens, raw);
    }

    @Produces
    @ModelScoped
    Detokenizers detokenizers(ModelPipeline pipeline, SpecialTokens special, TokenizerThread thread) throws Exception {
        Tokenizer tokenizer = pipeline.tokenizer();
        return thread.call(() -> Detokenizers.choose(
                tokenizer.vocabulary(),
                special.contents().keySet(),
                decoders(tokens -> tokenizer.decode(tokens, true), thread),
                decoders(tokens -> tokenizer.decode(tokens, false), thread)));
    }

    private static Detokenizers.Decoders decoders(IncrementalDetokenizer.Decoder here, TokenizerThread thread) {
        return new Detokenizers.Decoders(here, tokens -> thread.decode(here, tokens));
    }

    @Produces
    @ModelScoped
    ModelTokenizer tokenizer(
            ModelDefinition model, ModelPipeline pipeline, SpecialTokens special, TokenizerThread thread) {
        Tokenizer tokenizer = pipeline.tokenizer();
        return new ThreadTokenizer(
                tokenizer,
                thread,
                tokenizer.vocabularySize(),
                special.padding(),
                model.facts().contextLength());
    }

    @Produces
    @ModelScoped
    GenerationOptions options(ModelDefinition model, ModelPipeline pipeline) throws IOException {
        return new GenerationOptions(
                GenerationDefaults.of(model.folder()),
                TokenIds.of(pipeline.tokenizer()),
                model.facts().contextLength(),
                model.execution());
    }

    @Produces
    @ModelScoped
    OutputReading output(ModelDefinition model, ChatTemplate template) {
        OutputParsing parsing = model.execution().parsing();
        return new OutputReading(parsing.format(template.text()), parsing.guided());
    }

    @Produces
    @ModelScoped
    Engine engine(
            ModelDefinition model,
            ModelPipeline pipeline,
            PromptComposer composer,
            GenerationOptions options,
            TokenizerThread tokenizerThread,
            Detokenizers detokenizers,
            OutputReading output,
            Recorder recorder,
            EngineSettings settings) {
        if (pipeline instanceof ModelPipeline.Batching batching) {
            SpeculationRoom room = SpeculationRoom.of(model.execution());
            int capacity = Math.min(model.execution().maxNumSeqs(), room.requests());
            GenerationLoop loop = new BatchingLoop(
                    model.name(),
                    batching.pipeline(),
                    encodings(model, batching.pictures(), recorder, settings),
                    room,
                    recorder,
                    settings.stuckAfter());
            return new LoopEngine(loop, composer, options, tokenizerThread, detokenizers, output, capacity);
        }
        ModelPipeline.Sequential sequential = (ModelPipeline.Sequential) pipeline;
        GenerationLoop loop = new SequentialLoop(model.name(), sequential.pipeline(), recorder, settings.stuckAfter());
        return new LoopEngine(loop, composer, options, tokenizerThread, detokenizers, output, 1);
    }

    private static Optional<PictureEncodings> encodings(
            ModelDefinition model, PictureEncoding pictures, Recorder recorder, EngineSettings settings) {
        if (pictures instanceof PictureEncoding.Beside beside) {
            recorder.picturesEncodedBeside(true);
            return Optional.of(
                    new PictureEncodings(model.name(), beside.encoder(), settings.pictureCacheBytes(), recorder));
        }
        if (model.pipeline().vision()) {
            LOG.log(
                    settings.pictureCacheBytes() > 0 ? Level.WARNING : Level.INFO,
                    "Model {0}: the engine encodes pictures itself, while its other requests wait, and none are kept: {1}",
                    model.name(),
                    ((PictureEncoding.Within) pictures).reason());
        }
        return Optional.empty();
    }

    void close(@Disposes Engine engine) {
        engine.close();
    }
}
