package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.ModelSource;
import io.grevy.repository.PipelineType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final Path HERE = Path.of("/home/user");
    private static final ModelSource DEMO = new ModelSource.Single("grevy/demo", Path.of("/grevy/models/grevy/demo"));

    @Test
    void handsOnWhatWasGivenAndNothingElse() {
        Configuration configuration = configuration(
                Map.of(Flag.REST_PORT, "81", Flag.ENABLE_PREFIX_CACHING, "false", Flag.MODEL_PATH, "m/qwen"));

        assertThat(configuration.environment(configuration.models(HERE, DEMO), configuration.pull(HERE)))
                .isEqualTo(Map.of(
                        "GREVY_REST_PORT", "81",
                        "GREVY_ENABLE_PREFIX_CACHING", "false",
                        "GREVY_MODEL_NAME", "qwen",
                        "GREVY_MODEL_PATH", "/home/user/m/qwen"));
    }

    @Test
    void servesTheDemoWithoutAModelFlag() {
        Configuration configuration = configuration(Map.of());

        assertThat(configuration.environment(configuration.models(HERE, DEMO), configuration.pull(HERE)))
                .isEqualTo(Map.of("GREVY_MODEL_NAME", "grevy/demo", "GREVY_MODEL_PATH", "/grevy/models/grevy/demo"));
    }

    @Test
    void findsANamedModelInARepository() {
        Configuration configuration =
                configuration(Map.of(Flag.MODEL_REPOSITORY_PATH, "models", Flag.MODEL_NAME, "a/b"));

        assertThat(configuration.environment(configuration.models(HERE, DEMO), configuration.pull(HERE)))
                .isEqualTo(Map.of("GREVY_MODEL_NAME", "a/b", "GREVY_MODEL_PATH", "/home/user/models/a/b"));
    }

    @Test
    void handsOnWhatIsToBePulled() {
        Configuration configuration = configuration(Map.of(
                Flag.MODEL_REPOSITORY_PATH,
                "models",
                Flag.SOURCE_MODEL,
                "Org/Model@v1",
                Flag.OVERWRITE_MODELS,
                "true"));

        assertThat(configuration.environment(configuration.models(HERE, DEMO), configuration.pull(HERE)))
                .isEqualTo(Map.of(
                        "GREVY_MODEL_NAME", "Org/Model",
                        "GREVY_SOURCE_MODEL", "Org/Model@v1",
                        "GREVY_OVERWRITE_MODELS", "true",
                        "GREVY_MODEL_REPOSITORY_PATH", "/home/user/models"));
    }

    @Test
    void takesTheRepositoryOfTheEnvironmentForAModelThatIsNamedByFlag() {
        Map<String, String> environment = Map.of("GREVY_MODEL_REPOSITORY_PATH", "/models", "GREVY_MODEL_NAME", "x");

        assertThat(Configuration.of(Map.of(Flag.SOURCE_MODEL, "Org/Model"), environment)
                        .models(HERE, DEMO))
                .isEqualTo(new ModelSource.Single("Org/Model", Path.of("/models/Org/Model")));
        assertThat(Configuration.of(Map.of(Flag.MODEL_PATH, "m"), environment).models(HERE, DEMO))
                .isEqualTo(new ModelSource.Single("m", Path.of("/home/user/m")));
    }

    @Test
    void givesAConfigFileAsAnAbsolutePath() {
        Configuration configuration = configuration(Map.of(Flag.CONFIG_PATH, "../config.json"));

        assertThat(configuration.environment(configuration.models(HERE, DEMO), configuration.pull(HERE)))
                .isEqualTo(Map.of("GREVY_CONFIG_PATH", "/home/config.json"));
    }

    @Test
    void takesTheEnvironmentWhereAFlagIsNotGiven() {
        Configuration configuration = Configuration.of(
                Map.of(Flag.REST_PORT, "1"), Map.of("GREVY_REST_PORT", "2", "GREVY_PIPELINE_TYPE", "VLM"));

        assertThat(configuration.number(Flag.REST_PORT)).isEqualTo(1);
        assertThat(configuration.servingOptions().pipelineType()).hasValue(PipelineType.VLM);
    }

    @Test
    void takesAModelFlagInsteadOfTheModelInTheEnvironment() {
        Configuration configuration = Configuration.of(
                Map.of(Flag.CONFIG_PATH, "c.json"), Map.of("GREVY_MODEL_PATH", "/m", "GREVY_MODEL_NAME", "m"));

        assertThat(configuration.models(HERE, DEMO)).isEqualTo(new ModelSource.Config(Path.of("/home/user/c.json")));
    }

    @Test
    void knowsTheDefaultOfANumber() {
        assertThat(configuration(Map.of()).number(Flag.DRAIN_SECONDS)).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            REST_PORT             | 0            | rest_port '0': allowed are a whole number from 1 to 65535
            REST_PORT             | 65536        | rest_port '65536': allowed are a whole number from 1 to 65535
            REST_PORT             | http         | rest_port 'http': allowed are a whole number from 1 to 65535
            PIPELINE_TYPE         | VLMCB        | pipeline_type 'VLMCB': allowed are LM, LM_CB, VLM, VLM_CB, AUTO
            ENABLE_PREFIX_CACHING | on           | enable_prefix_caching 'on': allowed are true, false
            TASK                  | embeddings   | task 'embeddings': allowed are text_generation
            LOG_LEVEL             | info         | log_level 'info': allowed are TRACE, DEBUG, INFO, WARNING, ERROR
            MAX_IMAGES            | 0            | max_images '0': allowed are a whole number from 1 to 1000
            MAX_QUEUE             | -1           | max_queue '-1': allowed are a whole number from 0 to 1000000
            ALLOWED_MEDIA_DOMAINS | http://a.org | allowed_media_domains 'http://a.org': allowed are none, or hosts such as example.org,images.example.net:8443
            ALLOWED_MEDIA_DOMAINS | a.org,none   | allowed_media_domains 'a.org,none': allowed are none, or hosts such as example.org,images.example.net:8443
            ALLOWED_MEDIA_DOMAINS | *.a.org      | allowed_media_domains '*.a.org': allowed are none, or hosts such as example.org,images.example.net:8443
            """)
    void refusesNamingTheSettingTheValueAndWhatIsAllowed(Flag flag, String value, String message) {
        assertThatThrownBy(() -> configuration(Map.of(flag, value)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Configuration.of(Map.of(), Map.of(flag.environment(), value)))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            PLUGIN_CONFIG      | {'A': {}} | plugin_config.A: an object; a string, a number or a boolean is expected
            PLUGIN_CONFIG      | {A}       | plugin_config:1:
            TARGET_DEVICE      | TPU       | target_device 'TPU': allowed are CPU, GPU
            KV_CACHE_PRECISION | u9        | kv_cache_precision 'u9': allowed are bf16, f16
            """)
    void refusesWhatTheRepositoryRefuses(Flag flag, String value, String message) {
        Configuration configuration = configuration(Map.of(flag, value.replace('\'', '"')));

        assertThatThrownBy(configuration::servingOptions)
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAnEmptyValue() {
        assertThatThrownBy(() -> configuration(Map.of(Flag.MODEL_PATH, " ")))
                .hasMessage("--model_path: the value is empty");
    }

    @Test
    void refusesAConfigFileTogetherWithAModel() {
        Configuration configuration = configuration(Map.of(Flag.CONFIG_PATH, "c.json", Flag.MODEL_NAME, "m"));

        assertThatThrownBy(() -> configuration.models(HERE, DEMO))
                .isInstanceOf(UsageException.class)
                .hasMessage("config_path and model_name exclude each other");
    }

    private static Configuration configuration(Map<Flag, String> flags) {
        return Configuration.of(flags, Map.of());
    }
}
