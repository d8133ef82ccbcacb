package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolCommandsTest {
    private static final Path OUT = Path.of("/out");
    private final PythonEnvironment environment = new PythonEnvironment(Path.of("/env"));

    @Test
    void leavesTheKindOfAHubsModelToTheTool() {
        assertThat(convert(new Checkpoint("Org/Model", Optional.empty()), Map.of()))
                .containsExactly(
                        "/env/bin/optimum-cli",
                        "export",
                        "openvino",
                        "--model",
                        "Org/Model",
                        "--weight-format",
                        "int8",
                        "/out");
    }

    @Test
    void namesTheKindOfAFoldersModel() {
        assertThat(convert(new Checkpoint("/in", Optional.of(true)), Map.of()))
                .containsSequence("--model", "/in", "--task", "image-text-to-text", "--weight-format", "int8", "/out");
        assertThat(convert(new Checkpoint("/in", Optional.of(false)), Map.of()))
                .containsSequence("--task", "text-generation-with-past");
    }

    @Test
    void takesTheKindFromThePipelineWhereNothingElseTells() {
        assertThat(convert(new Checkpoint("Org/Model", Optional.empty()), Map.of("pipeline_type", "VLM")))
                .containsSequence("--task", "image-text-to-text");
    }

    @Test
    void passesFurtherArgumentsOnAndTrustOnlyWhereItWasGiven() {
        assertThat(convert(
                        new Checkpoint("/in", Optional.of(true)),
                        Map.of(
                                "weight-format", "int4",
                                "extra_quantization_params", "--group-size 64 --task 'text-generation'",
                                "trust_remote_code", "true")))
                .endsWith(
                        "/in",
                        "--weight-format",
                        "int4",
                        "--group-size",
                        "64",
                        "--task",
                        "text-generation",
                        "--trust-remote-code",
                        "/out");
    }

    @Test
    void convertsATokenizerToo() {
        assertThat(ToolCommands.convertTokenizer(environment, "/in", options(Map.of()), OUT))
                .containsExactly("/env/bin/convert_tokenizer", "--with-detokenizer", "-o", "/out", "/in");
    }

    private List<String> convert(Checkpoint checkpoint, Map<String, String> settings) {
        return ToolCommands.convert(environment, checkpoint, options(settings), OUT);
    }

    private static ExportOptions options(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("source_model", "Org/Model");
        return ExportOptions.read(name -> Optional.ofNullable(all.get(name)), Path.of("/work"));
    }
}
