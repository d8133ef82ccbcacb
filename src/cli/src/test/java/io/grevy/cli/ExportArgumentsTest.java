package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportArgumentsTest {

    @Test
    void takesTheDemosCommand() {
        ExportArguments arguments = parse("text_generation --source_model OpenGVLab/InternVL2-2B --weight-format int4"
                + " --pipeline_type VLM --model_name OpenGVLab/InternVL2-2B --config_file_path models/config.json"
                + " --model_repository_path models --overwrite_models --target_device GPU");

        assertThat(arguments.help()).isFalse();
        assertThat(arguments.flags())
                .isEqualTo(Map.of(
                        ExportFlag.SOURCE_MODEL, "OpenGVLab/InternVL2-2B",
                        ExportFlag.WEIGHT_FORMAT, "int4",
                        ExportFlag.PIPELINE_TYPE, "VLM",
                        ExportFlag.MODEL_NAME, "OpenGVLab/InternVL2-2B",
                        ExportFlag.CONFIG_FILE_PATH, "models/config.json",
                        ExportFlag.MODEL_REPOSITORY_PATH, "models",
                        ExportFlag.OVERWRITE_MODELS, "true",
                        ExportFlag.TARGET_DEVICE, "GPU"));
    }

    @Test
    void givesTextsByTheirNamesInTheToolThatItStandsFor() {
        ExportArguments arguments = parse("text_generation --weight_format=nf4 --enable_prefix_caching False");

        assertThat(arguments.text("weight-format")).contains("nf4");
        assertThat(arguments.text("enable_prefix_caching")).contains("False");
        assertThat(arguments.text("source_model")).isEmpty();
    }

    @Test
    void takesArgumentsForTheToolAsOneText() {
        assertThat(ExportArguments.parse(List.of("text_generation", "--extra_quantization_params", "--sym --ratio 1.0"))
                        .text("extra_quantization_params"))
                .contains("--sym --ratio 1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "text_generation --help", "text_generation --source_model x -h"})
    void knowsWhenOnlyTheHelpIsAskedFor(String line) {
        assertThat(parse(line).help()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ExportFlag.class)
    void explainsEachFlagInTheHelp(ExportFlag flag) {
        assertThat(ExportArguments.helpText()).contains(flag.option()).contains("grevy export text_generation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rerank_ov --source_model x                | export rerank_ov: models of other tasks than text_generation are not served
            text --source_model x                     | export: unknown task 'text'; known is text_generation
            --source_model x                          | export: the task is missing: grevy export text_generation [flags]; see --help
            text_generation --sourcemodel x           | unknown flag '--sourcemodel'; near to it: --source_model
            text_generation --log_level INFO          | unknown flag '--log_level'; see --help
            text_generation x                         | unexpected argument 'x'; see --help
            text_generation --num_streams=2           | --num_streams=2: it is for models of other tasks than text generation, which are not served
            text_generation --weight-format int2      | weight-format 'int2': allowed are fp32, fp16, int8, int4, mxfp4, nf4, cb4
            text_generation --max_num_seqs 0          | max_num_seqs '0': allowed are a whole number from 1 to 2147483647
            """)
    void refusesByName(String line, String message) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void refusesAFlagGivenTwice() {
        assertThatThrownBy(() -> parse("text_generation --model_name a --model_name b"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--model_name");
    }

    private static ExportArguments parse(String line) {
        return ExportArguments.parse(List.of(line.split(" ", -1)));
    }
}
