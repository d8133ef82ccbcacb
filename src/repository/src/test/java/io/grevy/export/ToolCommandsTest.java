package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolCommandsTest {
    private static final Quantization INT8 = new Quantization("int8", List.of());

    @Test
    void leavesTheKindOfAModelToTheToolWhereNobodyKnows() {
        assertThat(commands(false).convert(INT8, Optional.empty()))
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
    void namesTheKindUnlessTheFurtherArgumentsDo() {
        Quantization more = new Quantization("int4", List.of("--group-size", "64", "--task", "text-generation"));

        assertThat(commands(false).convert(INT8, Optional.of("image-text-to-text")))
                .endsWith("--model", "Org/Model", "--task", "image-text-to-text", "--weight-format", "int8", "/out");
        assertThat(commands(false).convert(more, Optional.of("image-text-to-text")))
                .endsWith(
                        "--model",
                        "Org/Model",
                        "--weight-format",
                        "int4",
                        "--group-size",
                        "64",
                        "--task",
                        "text-generation",
                        "/out");
    }

    @Test
    void trustsTheModelsCodeOnlyWhereItIsTold() {
        assertThat(commands(true).convert(INT8, Optional.empty())).endsWith("--trust-remote-code", "/out");
        assertThat(commands(true).convertTokenizer())
                .containsExactly(
                        "/env/bin/convert_tokenizer",
                        "--with-detokenizer",
                        "--trust-remote-code",
                        "-o",
                        "/out",
                        "Org/Model");
        assertThat(commands(false).convertTokenizer()).doesNotContain("--trust-remote-code");
    }

    private static ToolCommands commands(boolean trust) {
        return new ToolCommands(
                new PythonEnvironment(Path.of("/env")), Checkpoint.onHub("Org/Model"), trust, Path.of("/out"));
    }
}
