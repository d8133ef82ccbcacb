package io.grevy.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.testhub.HubModel;
import io.grevy.testhub.TestHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process that pulls from a hub of ours. */
@Timeout(60)
class PullCommandTest {
    private static final Map<String, byte[]> FILES = Map.of(
            "config.json", "{\"model_type\": \"llama\"}".getBytes(US_ASCII), "openvino_model.bin", new byte[100_000]);

    private final TestHub hub = TestHub.start();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder = Path.of("");

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void fill() throws IOException {
        folder = folder.toRealPath();
        hub.put("Org/Model", HubModel.of(FILES));
    }

    @AfterEach
    void end() {
        hub.close();
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void pullsAndServesNothing() throws Exception {
        Result result =
                grevy("--source_model Org/Model --model_repository_path models --model_name mine --task text_generation"
                        + " --target_device CPU --pull");

        Path model = folder.resolve("models/Org/Model");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .startsWith("grevy: pulling Org/Model from " + hub.endpoint() + " …")
                .endsWith(
                        "grevy: Org/Model is in " + model + " (2 files, commit "
                                + HubModel.of(FILES).commit() + ")",
                        "grevy: its options are in " + model.resolve("graph.pbtxt"));
        assertThat(model.resolve("openvino_model.bin")).hasBinaryContent(new byte[100_000]);
        assertThat(model.resolve("graph.pbtxt"))
                .content()
                .contains("HttpLLMCalculator", "models_path: \"./\"", "device: \"CPU\"");
    }

    @Test
    void isACommandTooAndPullsOnce() throws Exception {
        String line = "pull --source_model Org/Model --model_repository_path " + folder.resolve("m");
        assertThat(grevy(line).code()).isZero();
        int requests = hub.requests().size();

        Result result = grevy(line);

        assertThat(result.err())
                .isEqualTo("grevy: Org/Model is in " + folder.resolve("m/Org/Model")
                        + " already; --overwrite_models pulls it anew\n");
        assertThat(result.code()).isZero();
        assertThat(hub.requests()).hasSize(requests);
    }

    @Test
    void keepsTheGraphOfTheModelUnlessOptionsAreGiven() throws Exception {
        hub.put("Org/Model", HubModel.of(Map.of("graph.pbtxt", new byte[] {'#'})));

        grevy("--pull --source_model Org/Model --model_repository_path m");
        assertThat(folder.resolve("m/Org/Model/graph.pbtxt")).hasContent("#");

        grevy("--pull --source_model Org/Model --model_repository_path m --cache_size 3");
        assertThat(folder.resolve("m/Org/Model/graph.pbtxt")).content().contains("cache_size: 3");
    }

    @Test
    void endsWithOneAndTheReasonWhereTheHubRefuses() throws Exception {
        hub.gate("Org/Model");

        Result result = grevy("--pull --source_model Org/Model --model_repository_path m");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .endsWith("grevy: Org/Model is gated: accept its licence at " + hub.endpoint()
                        + "/Org/Model and set HF_TOKEN to a token of the account that did\n");
    }

    @Test
    void serveRefusesAModelThatIsMissingWhereNoRequestMayBeMade() throws Exception {
        Result result =
                run(Map.of("HF_HUB_OFFLINE", "1"), "--source_model Org/Model --model_repository_path m".split(" ", -1));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("grevy: Org/Model: not in " + folder.resolve("m/Org/Model")
                        + ", and HF_HUB_OFFLINE is set; unset it, or bring the folder there otherwise\n");
    }

    @Test
    void tellsTheProxyOfAnEncryptedConnectionWhoAsks() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            FutureTask<List<String>> head = new FutureTask<>(() -> refuse(proxy));
            new Thread(head).start();

            Result result = run(
                    Map.of(
                            "HF_ENDPOINT",
                            "https://hub.invalid",
                            "HTTPS_PROXY",
                            "http://me:xy@127.0.0.1:" + proxy.getLocalPort()),
                    "--pull --source_model Org/Model --model_repository_path m".split(" ", -1));

            assertThat(head.get())
                    .startsWith("CONNECT hub.invalid:443 HTTP/1.1")
                    .contains("Proxy-Authorization: Basic bWU6eHk=");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    /** On a terminal, which Python makes: the bar goes over itself and leaves nothing. */
    @Test
    void drawsABarOnATerminal() throws Exception {
        List<String> command = command("--pull --source_model Org/Model --model_repository_path m".split(" ", -1));
        command.addAll(0, List.of("python3", "-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"));

        Result result = start(Map.of("TERM", "xterm"), command);

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("grevy: pulling Org/Model from ", "\r\u001b[K");
    }

    private static List<String> refuse(ServerSocket proxy) throws IOException {
        try (Socket client = proxy.accept();
                BufferedReader reader = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            List<String> head = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.add(line);
            }
            client.getOutputStream().write("HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            return head;
        }
    }

    private Result grevy(String line) throws Exception {
        return run(Map.of(), line.split(" ", -1));
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return start(environment, command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.grevy.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private Result start(Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("GREVY_")
                        || name.startsWith("HF_")
                        || name.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
        builder.environment().put("HF_ENDPOINT", hub.endpoint().toString());
        builder.environment().put("HF_HOME", folder.resolve("nobody").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        int code = process.waitFor();
        return new Result(
                code, Files.readString(folder.resolve("out"), UTF_8), Files.readString(folder.resolve("err"), UTF_8));
    }
}
