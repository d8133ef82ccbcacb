package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command of the README is run, against {@code ./grevy}, and prints what the README says that it prints. */
@Timeout(600)
class ReadmeIT {

    /** What this test, or whoever runs it, does anyway. */
    private static final List<String> RUN_ELSEWHERE = List.of("./grevy\n", "mvn verify\n");

    /** A fenced block of bash or Python, and the block of output that follows it, if one does. */
    private static final Pattern EXAMPLE =
            Pattern.compile("```(bash|python)\\n(.*?)```\\n(?:\\n```(?:json|text)\\n(.*?)```\\n)?", Pattern.DOTALL);

    private static GrevyProcess grevy;
    private static Path python;

    @BeforeAll
    static void start() throws Exception {
        python = PythonClients.install();
        grevy = GrevyProcess.start().awaitAvailable();
    }

    @AfterAll
    static void end() throws Exception {
        if (grevy != null) {
            grevy.close();
        }
    }

    static Stream<Example> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(Deployments.root().resolve("README.md")));
        List<Example> examples = new ArrayList<>();
        while (matcher.find()) {
            if (!RUN_ELSEWHERE.contains(matcher.group(2))) {
                examples.add(new Example(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
        assertThat(examples).as("examples in the README").hasSizeGreaterThanOrEqualTo(4);
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatTheReadmeSays(Example example) throws Exception {
        String code = example.code.replace("localhost:8000", "127.0.0.1:" + grevy.port());
        List<String> command =
                example.language.equals("bash") ? List.of("bash", "-c", code) : List.of(python.toString(), "-c", code);

        String printed = run(command);

        assertThat(steady(printed)).isEqualTo(steady(example.output));
    }

    /** Without what differs from call to call: ids, times and white space. */
    private static String steady(String output) {
        return output.replaceAll("\"(id|system_fingerprint)\": ?\"[^\"]*\"", "\"$1\":\"…\"")
                .replaceAll("\"created\": ?\\d+", "\"created\":0")
                .replaceAll("\\s+", "");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("readme", ".err");
        Process process = new ProcessBuilder(command)
                .directory(Deployments.root().toFile())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return printed;
    }

    record Example(String language, String code, String output) {
        @Override
        public String toString() {
            return language + ": " + code.lines().findFirst().orElse("");
        }
    }
}
