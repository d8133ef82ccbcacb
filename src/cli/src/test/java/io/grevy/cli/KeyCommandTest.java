package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.keys.ApiKey;
import io.grevy.keys.Grant;
import io.grevy.keys.KeyFile;
import io.grevy.keys.Limits;
import io.grevy.keys.Permission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandTest {

    @TempDir
    Path temporary = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path file = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        file = temporary.toRealPath().resolve("keys.json");
    }

    @Test
    void printsTheKeyThatTheFileKnowsByItsHash() {
        run("--api_key_file", "keys.json", "--name", "one");

        ApiKey key = new ApiKey(out.toString(UTF_8).strip());
        Grant grant = KeyFile.read(file).grantOf(key, Instant.now()).orElseThrow();
        assertThat(grant.name()).isEqualTo("one");
        assertThat(grant.permissions()).containsExactly(Permission.INFERENCE);
        assertThat(said.toString(UTF_8)).isEqualTo("grevy: " + file + " knows one now; the key is not shown again\n");
    }

    @Test
    void takesTheFileFromTheEnvironment() {
        command(Map.of("GREVY_API_KEY_FILE", file.toString()), "--name", "one");

        assertThat(KeyFile.read(file).entries()).hasSize(1);
    }

    @Test
    void writesDownAllThatIsSaidOfIt() {
        run(
                "--api_key_file=keys.json",
                "--name=one",
                "--tenant=team",
                "--models=grevy/demo, OpenVINO/*",
                "--permissions=inference,metrics",
                "--requests_per_minute=1",
                "--prompt_tokens_per_minute=2",
                "--generated_tokens_per_minute=3",
                "--pictures_per_minute=4",
                "--concurrent_requests=5",
                "--priority=-7",
                "--expires_days=1");

        Grant grant = KeyFile.read(file).entries().get(0).grant();
        assertThat(grant.tenant()).isEqualTo("team");
        assertThat(grant.models().patterns()).isEqualTo(List.of("grevy/demo", "OpenVINO/*"));
        assertThat(grant.permissions()).containsExactlyInAnyOrder(Permission.INFERENCE, Permission.METRICS);
        assertThat(grant.limits())
                .isEqualTo(new Limits(
                        OptionalLong.of(1),
                        OptionalLong.of(2),
                        OptionalLong.of(3),
                        OptionalLong.of(4),
                        OptionalLong.of(5)));
        assertThat(grant.priority()).isEqualTo(-7);
        assertThat(KeyFile.read(file).entries().get(0).expires().orElseThrow()).isAfter(Instant.now());
    }

    @Test
    void takesAKeyOut() {
        run("--api_key_file=keys.json", "--name=one");
        run("--api_key_file=keys.json", "--name=two");

        run("--api_key_file=keys.json", "--name=one", "--remove");

        assertThat(KeyFile.read(file).entries())
                .extracting(entry -> entry.grant().name())
                .containsExactly("two");
        assertThatThrownBy(() -> run("--api_key_file=keys.json", "--name=one", "--remove"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no key of the name 'one'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--api_key_file=keys.json | key: --name is needed",
                "--name=one | key: --api_key_file is needed",
                "--api_key_file=keys.json --name=one --permissions=all | --permissions 'all': allowed are inference,"
                        + " metrics, admin",
                "--api_key_file=keys.json --name=one --priority=x | --priority 'x': allowed are a whole number from"
                        + " -100 to 100",
                "--api_key_file=keys.json --name=one --models=a,,b | an entry of the list is empty",
                "--api_key_file=keys.json --name=one --model=a | unknown flag '--model=a'"
            })
    void refusesByName(String typed, String message) {
        assertThatThrownBy(() -> run(typed.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);

        assertThat(file).doesNotExist();
        assertThat(out.size()).isZero();
    }

    @Test
    void itsHelpNamesItsFlags() {
        assertThat(KeyArguments.helpText()).contains("--api_key_file", "--requests_per_minute", "shown this once");
    }

    private void run(String... typed) {
        command(Map.of(), typed);
    }

    private void command(Map<String, String> environment, String... typed) {
        new Key(
                        environment,
                        file.resolveSibling(""),
                        new PrintStream(out, true, UTF_8),
                        new Console(new PrintStream(said, true, UTF_8)))
                .run(KeyArguments.parse(List.of(typed)));
    }
}
