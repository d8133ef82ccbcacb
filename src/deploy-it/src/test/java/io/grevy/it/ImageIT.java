package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The image, without a container engine: the tree that the Containerfile describes, started as OpenShift starts it. The
 * image has Java 21 with OpenJ9, the tree the JDK of this machine.
 */
@Timeout(400)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImageIT {

    /** As the manifests mount them; src/test/python/test_manifests.py holds those to the same. */
    private static final List<String> WRITABLE = List.of("/opt/ol/wlp/output", "/logs", "/tmp");

    /** What Red Hat's UBI 9 has. */
    private static final Map<String, Integer> NEWEST_OF_UBI_9 = Map.of("GLIBC_2", 34, "GLIBCXX_3.4", 29);

    private static final List<String> RECORDED =
            List.of("model:vllm_time_to_first_token_seconds:p95", "model:vllm_generation_tokens:rate");

    private static Containerfile containerfile;
    private static ImageTree tree;
    private static Process server;
    private static Path output;
    private static int port;
    private static Http http;
    private static String prometheusKey;

    @BeforeAll
    static void start() throws Exception {
        containerfile = Containerfile.read(Checkout.root().resolve("Containerfile"));
        tree = ImageTree.assemble(containerfile, Checkout.root().resolve("src/deploy-it/target/image"));
        String key = tree.addKey("team-a");
        prometheusKey = tree.addKey("prometheus", "--permissions", "metrics");
        port = Ports.free();
        output = Files.createTempFile("image", ".out");
        server = Confined.process(tree, WRITABLE, environment(port), containerfile.command)
                .redirectOutput(output.toFile())
                .start();
        http = new Http(URI.create("http://127.0.0.1:" + port + "/").toURL()).withKey(key);
        awaitReady();
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @Test
    @Order(1)
    void servesTheDemoCallAsAnyUserOverAReadOnlyRoot() throws Exception {
        HttpResponse<String> answer = http.post("/v3/chat/completions", DemoCall.aboutTheCircle());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("red circle");
        Path process = Path.of("/proc", String.valueOf(server.pid()));
        assertThat(Files.readString(process.resolve("status")))
                .containsPattern("Uid:\t" + expectedUser())
                .containsPattern("CapEff:\t0+\n");
        assertThat(Files.readString(process.resolve("mountinfo"))).containsPattern("(?m)^\\S+ \\S+ \\S+ \\S+ / ro");
    }

    @Test
    @Order(1)
    void asksForTheKeysThatAreMountedAndShowsThePageWithout() throws Exception {
        Http nobody = http.withKey("");
        Http prometheus = http.withKey(prometheusKey);

        assertThat(nobody.post("/v3/chat/completions", DemoCall.aboutTheCircle())
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(http.get("/metrics").statusCode()).isEqualTo(403);
        assertThat(prometheus.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(prometheus
                        .post("/v3/chat/completions", DemoCall.aboutTheCircle())
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> page = nobody.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("script-src 'self'");
    }

    @Test
    @Order(2)
    void theReferenceIsWhatTheServerSaysOfItself() throws Exception {
        String made = ApiReference.of(http.get("/openapi?format=JSON").body());
        Path fresh = Files.writeString(Checkout.root().resolve("src/deploy-it/target/api.md"), made);

        assertThat(Checkout.root().resolve("docs/api.md"))
                .as("docs/api.md, which is to be %s", fresh)
                .hasContent(made);
    }

    @Test
    @Order(3)
    void underLoadEveryQueryOfDashboardRulesAndAutoscalersHasData() throws Exception {
        Map<String, String> queries = Queries.ofDashboard();
        assertThat(queries).hasSizeGreaterThan(15);
        Map<String, String> scaling = Queries.ofAutoscalers();
        assertThat(scaling).hasSize(6);
        queries.putAll(scaling);
        for (String recorded : RECORDED) {
            queries.put(recorded, recorded);
        }
        DemoCall calls = new DemoCall();
        try (Prometheus prometheus = Prometheus.start(port, prometheusKey)) {
            prometheus.awaitUp();
            Set<String> without = new TreeSet<>(queries.keySet());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (!without.isEmpty() && System.nanoTime() < deadline) {
                assertThat(http.post("/v3/chat/completions", calls.next()).statusCode())
                        .isEqualTo(200);
                for (String where : List.copyOf(without)) {
                    if (prometheus.hasData(queries.get(where))) {
                        without.remove(where);
                    }
                }
            }
            assertThat(without).as("queries without data").isEmpty();
            assertThat(prometheus.rules())
                    .hasSize(8)
                    .allSatisfy(rule ->
                            assertThat(rule.getString("health")).as("%s", rule).isEqualTo("ok"));
            assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}")).isEmpty();
        }
    }

    /** Exit code 3 is a matter of style: vLLM's names have colons, Liberty's own have humps. */
    @Test
    @Order(4)
    void promtoolTakesTheMetricsAndFindsNothingWrongButTheColonsInTheirNames() throws Exception {
        String metrics = http.withKey(prometheusKey).get("/metrics").body();
        Path file = Files.writeString(Checkout.root().resolve("src/deploy-it/target/metrics.txt"), metrics);
        String promtool = Tools.ofDebian("prometheus", "usr/bin/promtool").toString();

        Command.Result result = Command.result(
                file.getParent(), Map.of(), List.of("sh", "-c", promtool + " check metrics < metrics.txt"));

        assertThat(result.code()).as(result.printed()).isIn(0, 3);
        assertThat(metrics).contains("\nvllm:", "\ngrevy:");
        assertThat(result.printed().lines().filter(line -> line.matches("(vllm|grevy):.*")))
                .allSatisfy(line -> assertThat(line).endsWith("metric names should not contain ':'"));
    }

    @Test
    @Order(5)
    void endsInOrderWhenItIsTold() throws Exception {
        server.destroy();

        assertThat(server.waitFor(60, TimeUnit.SECONDS)).as("ended on SIGTERM").isTrue();
        assertThat(server.exitValue()).isIn(0, 143);
        assertThat(Files.readString(output)).doesNotContain("Read-only", "Permission denied", "ERROR", "Exception");
    }

    @Test
    void nothingButItsVolumesCanBeWritten() throws Exception {
        for (String path : List.of("/x", "/config/x", "/models/x", "/opt/ol/wlp/usr/x", "/usr/x")) {
            Process touch = Confined.process(tree, WRITABLE, environment(1), List.of("touch", path))
                    .start();
            String said = new String(touch.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(touch.waitFor()).as(path).isNotZero();
            assertThat(said).contains("Read-only file system");
        }
    }

    @Test
    void everythingThatIsCopiedIsInTheContext() throws IOException {
        List<String> context = Files.readAllLines(Checkout.root().resolve(".containerignore"));
        assertThat(context).contains("*");
        assertThat(containerfile.copies)
                .hasSizeGreaterThan(4)
                .allSatisfy(copy -> assertThat(context)
                        .contains("!" + copy.source().replaceAll("/$", "").replaceAll("^container/.*", "container")));
    }

    @Test
    void theImageRunsAsNoUserThatMattersAndIsOfTheLibertyThatIsTested() throws IOException {
        Containerfile gpu = Containerfile.read(Checkout.root().resolve("Containerfile.gpu"));

        assertThat(containerfile.from)
                .startsWith("icr.io/appcafe/open-liberty:" + System.getProperty("liberty.version") + "-full-java21-");
        assertThat(containerfile.user).isEqualTo("1001");
        assertThat(containerfile.runs).as("what cannot be tried here").isEmpty();
        assertThat(gpu.user).isEqualTo("1001");
        assertThat(gpu.command).as("the base's own").isEmpty();
        assertThat(gpu.runs).last().asString().contains("intel-opencl");
    }

    @Test
    void theNativesNeedNothingNewerThanTheImageHas() throws Exception {
        Path unpacked = Files.createDirectories(Checkout.root().resolve("src/deploy-it/target/natives"));
        Path library = tree.root.resolve("opt/ol/wlp/usr/shared/resources/grevy");
        try (Stream<Path> jars = Files.list(library)) {
            for (Path jar :
                    jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Command.run(unpacked, Map.of(), List.of(System.getProperty("java.home") + "/bin/jar", "xf", jar + ""));
            }
        }
        try (Stream<Path> files = Files.walk(unpacked)) {
            List<Path> natives =
                    files.filter(path -> path.toString().contains(".so")).toList();
            assertThat(natives).hasSizeGreaterThan(10);
            for (Path file : natives) {
                requireOldEnough(file);
            }
        }
    }

    private static void requireOldEnough(Path file) throws IOException, InterruptedException {
        Matcher symbols = Pattern.compile("\\b(GLIBC_2|GLIBCXX_3\\.4)\\.(\\d+)\\b")
                .matcher(Command.run("objdump", "-T", file.toString()));
        while (symbols.find()) {
            assertThat(Integer.parseInt(symbols.group(2)))
                    .as("%s needs %s", file.getFileName(), symbols.group())
                    .isLessThanOrEqualTo(NEWEST_OF_UBI_9.get(symbols.group(1)));
        }
    }

    private static Map<String, String> environment(int port) {
        Map<String, String> environment = new TreeMap<>(containerfile.environment);
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/ol/wlp/bin");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("LOG_DIR", "/liberty/logs");
        environment.put("WLP_OUTPUT_DIR", "/opt/ol/wlp/output");
        environment.put("GREVY_REST_BIND_ADDRESS", "127.0.0.1");
        environment.put("GREVY_REST_PORT", String.valueOf(port));
        environment.put("GREVY_API_KEY_FILE", ImageTree.KEYS);
        return environment;
    }

    /** Asks as the image's own health check does. */
    private static void awaitReady() throws Exception {
        List<String> healthCheck = List.of("sh", "-c", containerfile.healthCheck);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (Command.result(Checkout.root(), environment(port), healthCheck).code() != 0) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("the image's server did not get ready:\n" + Files.readString(output));
            }
            Thread.sleep(200);
        }
    }

    /** As /proc shows it to this process: in a user namespace, it is this one's own. */
    private static String expectedUser() throws IOException, InterruptedException {
        return ImageTree.isRoot()
                ? String.valueOf(Confined.USER)
                : Command.run("id", "-u").strip();
    }
}
