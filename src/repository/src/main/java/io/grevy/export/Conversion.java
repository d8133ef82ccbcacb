package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The steps that need Python: OpenVINO's export tool, its tokenizer converter, and the hub's client. */
final class Conversion {
    /** A models_path: the graph's own folder. */
    static final String HERE = "./";

    private final ExportOptions options;
    private final EnvironmentMaker maker;
    private final Tools tools;
    private final Path temporary;

    Conversion(ExportOptions options, EnvironmentMaker maker, Tools tools, Path temporary) {
        this.options = options;
        this.maker = maker;
        this.tools = tools;
        this.temporary = temporary;
    }

    /** Converts weights into a folder that does not hold anything yet. */
    void convert(Checkpoint checkpoint, Path folder) throws IOException, InterruptedException {
        PythonEnvironment environment = maker.environment();
        run(ToolCommands.convert(environment, checkpoint, options, folder));
        if (!Files.exists(folder.resolve("openvino_detokenizer.xml"))) {
            run(ToolCommands.convertTokenizer(environment, checkpoint.model(), options, folder));
        }
    }

    /** Pulls a hub's repository into a folder. */
    void pull(String id, Path folder) throws IOException, InterruptedException {
        PythonEnvironment environment = maker.environment();
        run(List.of(environment.program("hf").toString(), "download", id, "--local-dir", folder.toString()));
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
        if (wantsTrust && !options.trustRemoteCode()) {
            return ExportException.failed(
                    message + "\n  The model brings code of its own. Read it, and allow it with --trust_remote_code.",
                    e);
        }
        return e;
    }
}
