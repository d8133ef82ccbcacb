package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentParserTest {
    private final ArgumentParser parser = new ArgumentParser();

    @Test
    void servesWithoutArguments() {
        assertThat(parser.parse()).isEqualTo(new Arguments(Action.SERVE, Map.of(), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void takesEachFlagWithASpaceAndWithAnEqualsSign(Flag flag) {
        assertThat(parser.parse(flag.option(), "x").flags()).isEqualTo(Map.of(flag, "x"));
        assertThat(parser.parse("serve", flag.option() + "=x").flags()).isEqualTo(Map.of(flag, "x"));
    }

    @Test
    void takesBooleansBareAndWithAValue() {
        Arguments arguments =
                parser.parse("--enable_prefix_caching", "--dynamic_split_fuse", "false", "--rest_port", "81");

        assertThat(arguments.flags())
                .isEqualTo(Map.of(
                        Flag.ENABLE_PREFIX_CACHING, "true", Flag.DYNAMIC_SPLIT_FUSE, "false", Flag.REST_PORT, "81"));
    }

    @Test
    void takesTheDemosCommand() {
        Arguments arguments = parser.parse(
                "--rest_port", "8000", "--config_path", "models/config.json", "--plugin_config={\"A\": \"@b\"}");

        assertThat(arguments.flags())
                .isEqualTo(Map.of(
                        Flag.REST_PORT,
                        "8000",
                        Flag.CONFIG_PATH,
                        "models/config.json",
                        Flag.PLUGIN_CONFIG,
                        "{\"A\": \"@b\"}"));
    }

    @Test
    void takesLibertysFolder() {
        assertThat(parser.parse("--wlp_home", "/opt/wlp").wlpHome()).hasValue("/opt/wlp");
    }

    @ParameterizedTest
    @CsvSource({
        "--help, HELP",
        "-h, HELP",
        "--version, VERSION",
        "flags, FLAGS",
        "pull, PULL",
        "--pull, PULL",
        "configure, CONFIGURE",
        "--configure, CONFIGURE",
        "list, LIST",
        "--list_models, LIST",
        "--add_to_config, ADD",
        "--remove_from_config, REMOVE"
    })
    void knowsTheOtherActions(String argument, Action action) {
        assertThat(parser.parse(argument).action()).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --weight-format int4        | --weight-format: it is a flag of the command 'export'; see grevy export --help
            --rest_port 1 --grpc_port 9 | --grpc_port: there is no gRPC API; the HTTP API is at --rest_port
            --draft_eagle3_mode         | --draft_eagle3_mode: a draft model is the folder that --draft_source_model names; EAGLE-3 ones are not served
            --cache_dir /c              | --cache_dir: give --plugin_config '{"CACHE_DIR": "<folder>"}'
            """)
    void refusesByNameWhatOvmsHasAndThisVersionDoesNot(String line, String message) {
        assertThatThrownBy(() -> parser.parse(line.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTwoActionsAtOnce() {
        assertThatThrownBy(() -> parser.parse("--list_models", "--add_to_config"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--list_models and --add_to_config exclude each other");
    }

    @Test
    void namesWhatIsNearToAnUnknownFlag() {
        assertThatThrownBy(() -> parser.parse("--rest_prot", "8000"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("unknown flag '--rest_prot'; near to it: ")
                .hasMessageContaining("--rest_port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "serve models"})
    void refusesStrayWords(String line) {
        assertThatThrownBy(() -> parser.parse(line.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("unexpected argument 'models'");
    }

    @Test
    void refusesAFlagGivenTwice() {
        assertThatThrownBy(() -> parser.parse("--rest_port", "1", "--rest_port", "2"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rest_port");
    }

    @Test
    void refusesAFlagWithoutItsValue() {
        assertThatThrownBy(() -> parser.parse("--rest_port"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rest_port");
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void refusesNoFlagThatItHas(Flag flag) {
        assertThat(NotYet.reason(flag.key())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void explainsEachFlagInTheHelp(Flag flag) {
        assertThat(parser.help()).contains(flag.option()).contains("grevy [serve|");
    }
}
