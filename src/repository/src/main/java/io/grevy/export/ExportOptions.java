package io.grevy.export;

import io.grevy.repository.ModelName;
import io.grevy.repository.PipelineType;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is asked for.
 *
 * @param source a folder or a name on the hub, looked at already
 * @param name the name that requests will use
 * @param repository the folder of models; the model's own is at its name in it
 * @param configFile the config.json that is to name the model
 * @param overwrite whether a folder that is there already is replaced
 * @param trustRemoteCode whether code that comes with a model may run
 * @param weights how the weights are stored
 * @param weightsAsked whether that was said, and not left to the default
 * @param serving what goes into the model's graph
 * @param draft a model that guesses for this one
 */
public record ExportOptions(
        ExportSource source,
        String name,
        Path repository,
        Path configFile,
        boolean overwrite,
        boolean trustRemoteCode,
        Quantization weights,
        boolean weightsAsked,
        ServingOptions serving,
        Optional<Draft> draft) {

    /**
     * Reads the options by the names that OVMS's export_model.py has for them.
     *
     * @param setting gives a setting's text by its name, {@code source_model} say
     * @param base what relative paths are meant from
     * @throws ExportException naming the setting, its value and what is allowed
     */
    public static ExportOptions read(Function<String, Optional<String>> setting, Path base) {
        OptionTexts texts = new OptionTexts(setting);
        Path repository = texts.path("model_repository_path", "models", base);
        String source = texts.required("source_model");
        String name = texts.text("model_name").orElseGet(() -> ExportSource.nameOf(source, base));
        try {
            ModelName.check(name);
            ServingOptions serving = GraphOptions.read(texts, base);
            boolean npu = serving.targetDevice().filter(GraphOptions::isNpu).isPresent();
            Optional<String> format = texts.text("weight-format");
            Optional<String> extra = texts.text("extra_quantization_params");
            ExportOptions options = new ExportOptions(
                    ExportSource.of("source_model", source, base),
                    name,
                    repository,
                    texts.path("config_file_path", "config.json", base),
                    texts.flag("overwrite_models", false),
                    texts.flag("trust_remote_code", false),
                    Quantization.read(format, extra, npu),
                    format.isPresent() || extra.isPresent(),
                    serving,
                    Draft.read(texts, base));
            options.requireFittingPipeline();
            return options;
        } catch (RepositoryException e) {
            throw ExportException.refused(String.valueOf(e.getMessage()), e);
        }
    }

    /** The folder that is made. */
    Path destination() {
        return repository.resolve(name);
    }

    private void requireFittingPipeline() {
        Optional<PipelineType> asked = serving.pipelineType();
        Optional<Boolean> vision = source.vision();
        if (draft.isPresent()
                && vision.or(() -> asked.map(PipelineType::vision)).orElse(false)) {
            throw ExportException.refused("draft_source_model: draft models are for models of text");
        }
        if (vision.isPresent() && asked.isPresent() && asked.get().vision() != vision.get()) {
            throw ExportException.refused("pipeline_type " + asked.get() + " is for "
                    + (asked.get().vision() ? "vision-language" : "text") + " models, but the source model "
                    + (vision.get()
                            ? "takes pictures: ask for VLM, VLM_CB or AUTO"
                            : "is one of text: ask for LM, LM_CB or AUTO"));
        }
    }
}
