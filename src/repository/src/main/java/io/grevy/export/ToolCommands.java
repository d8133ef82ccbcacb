package io.grevy.export;

import io.grevy.repository.PipelineType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command lines of the tools. */
final class ToolCommands {
    private static final String TRUST = "--trust-remote-code";

    private ToolCommands() {}

    static List<String> convert(
            PythonEnvironment environment, Checkpoint checkpoint, ExportOptions options, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                environment.program("optimum-cli").toString(), "export", "openvino", "--model", checkpoint.model()));
        if (!options.weights().namesTask()) {
            task(checkpoint, options.serving().pipelineType())
                    .ifPresent(task -> command.addAll(List.of("--task", task)));
        }
        command.addAll(List.of("--weight-format", options.weights().weightFormat()));
        command.addAll(options.weights().more());
        if (options.trustRemoteCode()) {
            command.add(TRUST);
        }
        command.add(folder.toString());
        return command;
    }

    static List<String> convertTokenizer(
            PythonEnvironment environment, String model, ExportOptions options, Path folder) {
        List<String> command =
                new ArrayList<>(List.of(environment.program("convert_tokenizer").toString(), "--with-detokenizer"));
        if (options.trustRemoteCode()) {
            command.add(TRUST);
        }
        command.addAll(List.of("-o", folder.toString(), model));
        return command;
    }

    // For a folder the tool cannot tell by itself; of a hub's model it asks the hub.
    private static Optional<String> task(Checkpoint checkpoint, Optional<PipelineType> pipeline) {
        return checkpoint
                .vision()
                .or(() -> pipeline.map(PipelineType::vision))
                .map(vision -> vision ? "image-text-to-text" : "text-generation-with-past");
    }
}
