package io.grevy.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines of the tools.
 *
 * @param trust whether code that comes with the model may run
 * @param folder where the files are to go
 */
record ToolCommands(PythonEnvironment environment, Checkpoint checkpoint, boolean trust, Path folder) {
    private static final String TRUST = "--trust-remote-code";

    /** @param task what the model is for; empty leaves it to the tool */
    List<String> convert(Quantization weights, Optional<String> task) {
        List<String> command = new ArrayList<>(List.of(
                environment.program("optimum-cli").toString(), "export", "openvino", "--model", checkpoint.model()));
        if (!weights.namesTask()) {
            task.ifPresent(name -> command.addAll(List.of("--task", name)));
        }
        command.addAll(List.of("--weight-format", weights.weightFormat()));
        command.addAll(weights.more());
        if (trust) {
            command.add(TRUST);
        }
        command.add(folder.toString());
        return command;
    }

    List<String> convertTokenizer() {
        List<String> command =
                new ArrayList<>(List.of(environment.program("convert_tokenizer").toString(), "--with-detokenizer"));
        if (trust) {
            command.add(TRUST);
        }
        command.addAll(List.of("-o", folder.toString(), checkpoint.model()));
        return command;
    }
}
