package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The steps that need Python: OpenVINO's export tool, its tokenizer converter, and the hub's client.
 *
 * @param task what a checkpoint is for, where it does not say so itself
 */
record Conversion(
        EnvironmentMaker maker,
        Tools tools,
        Path temporary,
        Quantization weights,
        Optional<String> task,
        boolean trust) {
    static final String VISION = "image-text-to-text";
    static final String TEXT = "text-generation-with-past";

    static Conversion of(ExportOptions options, EnvironmentMaker maker, Tools tools, Path temporary) {
        Optional<String> task = options.serving().pipelineType().map(type -> type.vision() ? VISION : TEXT);
        return new Conversion(maker, tools, temporary, options.weights(), task, options.trustRemoteCode());
    }

    /** The same for a draft model: of text, and in the same format without further arguments. */
    Conversion ofDraft() {
        Quantization plain = new Quantization(weights.weightFormat(), List.of());
        return new Conversion(maker, tools, temporary, plain, Optional.of(TEXT), trust);
    }

    /** Converts weights into a folder that does not hold anything yet. */
    void convert(Checkpoint checkpoint, Path folder) throws IOException, InterruptedException {
        ToolCommands commands = new ToolCommands(maker.environment(), checkpoint, trust, folder);
        // For a folder the tool cannot tell by itself; of a hub's model it asks the hub.
        Optional<String> known = checkpoint.vision().map(vision -> vision ? VISION : TEXT);
        run(commands.convert(weights, known.or(() -> task)));
        if (!Files.exists(folder.resolve("openvino_detokenizer.xml"))) {
            run(commands.convertTokenizer());
        }
    }

    /** Pulls a hub's repository into a folder. */
    void pull(String id, Path folder) throws IOException, InterruptedException {
        run(List.of(maker.environment().program("hf").toString(), "download", id, "--local-dir", folder.toString()));
        FileTree.delete(folder.resolve(".cache"));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        try {
            tools.run(temporary, command);
        } catch (ExportException e) {
            throw explained(e);
        }
    }

    private ExportException explained(ExportException e) {
        String message = String.valueOf(e.getMessage());
        boolean wantsTrust = message.contains("trust_remote_code") || message.contains("trust-remote-code");
        if (wantsTrust && !trust) {
            return ExportException.failed(
                    message + "\n  The model brings code of its own. Read it, and allow it with --trust_remote_code.",
                    e);
        }
        return e;
    }
}
