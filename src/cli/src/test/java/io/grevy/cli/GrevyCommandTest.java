package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a process, over a server script that starts {@link FakeLiberty}. */
@Timeout(60)
class GrevyCommandTest {
    private static final String EXECS = "exec";
    private static final String WAITS = "";

    @TempDir
    Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void layOut() throws IOException {
        Path model = Files.createDirectories(folder.resolve("work/models/tiny"));
        for (String file : List.of(
                "openvino_model.xml", "openvino_model.bin", "openvino_tokenizer.xml", "openvino_detokenizer.xml")) {
            Files.createFile(model.resolve(file));
        }
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"llama\"}");
        Files.createDirectories(folder.resolve("liberty/wlp/bin"));
        serverScript(EXECS);
    }

    @AfterEach
    void endWhatIsLeft() throws IOException {
        started.forEach(Process::destroyForcibly);
        if (Files.exists(folder.resolve("pid"))) {
            ProcessHandle.of(fakePid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void servesUntilASignalAndThenEndsWithZeroAndLeavesNothing(String signal) throws Exception {
        int port = TestPorts.free();
        Process grevy = grevy("--model_path", "models/tiny", "--rest_port", "" + port);
        BufferedReader lines = grevy.errorReader(UTF_8);

        assertThat(lines.readLine()).isEqualTo("grevy: starting at http://127.0.0.1:" + port + "/ (Ctrl-C ends it)");
        assertThat(lines.readLine()).isEqualTo("grevy: loading tiny …");
        assertThat(lines.readLine())
                .matches("grevy: tiny is AVAILABLE at http://127\\.0\\.0\\.1:" + port + "/v3 \\(\\d+\\.\\d s\\)");
        signal(grevy, signal);

        assertThat(grevy.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines.lines()).containsExactly("grevy: stopping; requests in flight have 30 s", "grevy: stopped");
        assertThat(grevy.exitValue()).isZero();
        assertThat(folder.resolve("ended")).hasContent("in order");
        assertThat(ProcessHandle.of(fakePid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void endsAServerWhoseScriptStaysInBetween() throws Exception {
        serverScript(WAITS);
        Process grevy = grevy("serve", "--model_path=models/tiny", "--rest_port=" + TestPorts.free());
        BufferedReader lines = grevy.errorReader(UTF_8);
        readUntil(lines, "AVAILABLE");

        signal(grevy, "TERM");

        assertThat(grevy.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(grevy.exitValue()).isZero();
        assertThat(folder.resolve("ended")).hasContent("in order");
        assertThat(ProcessHandle.of(fakePid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void handsTheSettingsToTheServer() throws Exception {
        int port = TestPorts.free();
        Process grevy =
                grevy("--model_path", "models/tiny", "--model_name", "a/b", "--rest_port", "" + port, "--cache_size=2");
        readUntil(grevy.errorReader(UTF_8), "AVAILABLE");

        Path work = folder.resolve("work").toRealPath();
        assertThat(Files.readAllLines(folder.resolve("environment")))
                .containsExactly(
                        "GREVY_CACHE_SIZE=2",
                        "GREVY_CONSOLE_LOG_LEVEL=INFO",
                        "GREVY_HOME=" + folder,
                        "GREVY_LOG_LEVEL=DEBUG",
                        "GREVY_MODEL_NAME=a/b",
                        "GREVY_MODEL_PATH=" + work.resolve("models/tiny"),
                        "GREVY_REST_PORT=" + port,
                        "GREVY_TRACE=*=info:io.grevy.*=fine",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        "WLP_OUTPUT_DIR=" + folder.resolve("liberty/instances/" + port));
    }

    @Test
    void passesOnTheCodeOfAServerThatEndsByItself() throws Exception {
        Files.writeString(folder.resolve("liberty/wlp/bin/server"), "#!/bin/bash\nexit 22\n");
        Process grevy = grevy("--model_path", "models/tiny", "--rest_port", "" + TestPorts.free());

        assertThat(grevy.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(grevy.errorReader(UTF_8).lines()).contains("grevy: the server ended with code 22");
        assertThat(grevy.exitValue()).isEqualTo(22);
    }

    @Test
    void saysThatTheServerCannotBeStarted() throws Exception {
        Files.writeString(folder.resolve("liberty/wlp/bin/server"), "#!/no/such/shell\n");
        Process grevy = grevy("--model_path", "models/tiny", "--rest_port", "" + TestPorts.free());

        assertThat(grevy.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(grevy.errorReader(UTF_8).lines())
                .anySatisfy(line -> assertThat(line).startsWith("grevy: the server cannot be started: "));
        assertThat(grevy.exitValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --model_path models/absent                          | grevy: {work}/models/absent: no such folder
            --model_path models/tiny --pipeline_type VLM        | grevy: pipeline_type VLM is for vision-language models, but {work}/models/tiny holds a text model (llama): ask for LM_CB or AUTO
            --config_path absent.json                           | grevy: {work}/absent.json: no such file
            --config_path a.json --model_path models/tiny       | grevy: config_path and model_path exclude each other
            --rest_port 99999                                   | grevy: rest_port '99999': allowed are a whole number from 1 to 65535
            --model_path models/tiny --wlp_home nowhere         | grevy: no Open Liberty at {work}/nowhere; build it with 'mvn package' in Grevy's folder, or give --wlp_home
            --pull                                              | grevy: pull: --source_model is needed, to say which model
            --source_model a/b                                  | grevy: source_model 'a/b': model_repository_path is needed, the folder to pull it into
            --source_model a/b --model_path models/tiny         | grevy: model_path and source_model exclude each other
            export text_generation --source_model absent/       | grevy: source_model 'absent/': no such folder, and not a hub's owner/model
            export text_generation --source_model models/tiny --weight-format int2 | grevy: weight-format 'int2': allowed are fp32, fp16, int8, int4, mxfp4, nf4, cb4
            """)
    void refusesBeforeTheStartWithCodeTwo(String line, String message) throws Exception {
        Process grevy = grevy(line.split(" ", -1));

        assertThat(grevy.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(grevy.errorReader(UTF_8).lines())
                .containsExactly(message.replace(
                        "{work}", folder.resolve("work").toRealPath().toString()));
        assertThat(grevy.exitValue()).isEqualTo(2);
        assertThat(folder.resolve("environment")).doesNotExist();
    }

    @Test
    void exportsAFolderThatIsConvertedAlready() throws Exception {
        Path model = folder.resolve("work").toRealPath().resolve("models/tiny");
        Path config = model.resolveSibling("config.json");

        Process grevy = grevy(
                "export",
                "text_generation",
                "--source_model",
                "models/tiny",
                "--config_file_path",
                "models/config.json");

        assertThat(grevy.errorReader(UTF_8).lines())
                .containsExactly(
                        "grevy: exported to " + model,
                        "grevy: named 'tiny' in " + config,
                        "grevy: serve it: ./grevy --config_path " + config);
        assertThat(grevy.waitFor()).isZero();
        assertThat(model.resolve("graph.pbtxt")).content().contains("models_path: \"./\"");
        assertThat(config).content().contains("\"tiny\"");
    }

    @Test
    void namesAPortInUseBeforeTheStart() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process grevy = grevy("--model_path", "models/tiny", "--rest_port", "" + other.getLocalPort());

            assertThat(grevy.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(grevy.errorReader(UTF_8).lines())
                    .containsExactly("grevy: port " + other.getLocalPort()
                            + " on 127.0.0.1 is in use already; give another with --rest_port");
            assertThat(grevy.exitValue()).isEqualTo(2);
            assertThat(folder.resolve("environment")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--help, grevy [serve|pull|",
        "export --help, grevy export text_generation --source_model MODEL [flags]",
        "--version, Open Liberty 2",
        "flags, `GREVY_REST_PORT`"
    })
    void printsOnStandardOutput(String argument, String text) throws Exception {
        Process grevy = grevy(argument.split(" ", -1));

        assertThat(new String(grevy.getInputStream().readAllBytes(), UTF_8))
                .contains(text)
                .doesNotContain("${");
        assertThat(grevy.waitFor()).isZero();
    }

    private Process grevy(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.grevy.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.resolve("work").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GREVY_") || name.startsWith("WLP_"));
        builder.environment().put("GREVY_HOME", folder.toString());
        builder.environment().put("GREVY_LOG_LEVEL", "DEBUG");
        if (arguments[0].equals("export")) {
            builder.environment()
                    .put("GREVY_EXPORT_HOME", folder.resolve("exports").toString());
        }
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("WLP_HOME", folder.resolve("liberty/wlp").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private void serverScript(String how) throws IOException {
        Path script = folder.resolve("liberty/wlp/bin/server");
        Files.writeString(script, """
                #!/bin/bash
                [ "$1 $2" = "run grevy" ] || exit 9
                %s "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp '%s' io.grevy.cli.FakeLiberty '%s'
                exit $?
                """.formatted(how, System.getProperty("java.class.path"), folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long fakePid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")));
    }

    private static void readUntil(BufferedReader lines, String text) throws IOException {
        String line = "";
        while (line != null && !line.contains(text)) {
            line = lines.readLine();
        }
        assertThat(line).contains(text);
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("bash", "-c", "kill -" + name + " " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }
}
