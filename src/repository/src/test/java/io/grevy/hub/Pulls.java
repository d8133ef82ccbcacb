package io.grevy.hub;

import io.grevy.repository.SourceModel;
import io.grevy.testhub.HubModel;
import io.grevy.testhub.TestHub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tests of pulling have in common: a hub, a repository, and settings that wait for little. */
final class Pulls implements AutoCloseable {
    static final String MODEL = "Org/Model";
    static final String LARGE_FILE = "openvino_language_model.bin";

    final TestHub hub = TestHub.start();
    final Path repository;
    final PullProgress progress = new PullProgress();

    Pulls(Path repository) {
        this.repository = repository;
    }

    /** A model of a large file, small ones, an empty one and one in a folder. */
    static Map<String, byte[]> files(int seed) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(".gitattributes", "*.bin filter=lfs".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        files.put("config.json", "{\"model_type\": \"llava\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        files.put("empty.txt", new byte[0]);
        files.put("assets/a name with spaces+%.txt", random(seed + 1, 100));
        files.put("openvino_language_model.xml", random(seed + 2, 5_000));
        files.put(LARGE_FILE, random(seed, 3_000_000));
        return files;
    }

    static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The hub holds this model from now on. */
    Pulls holding(Map<String, byte[]> files) {
        hub.put(MODEL, HubModel.of(files));
        return this;
    }

    HubSettings settings(Map<String, String> environment) throws HubException {
        Map<String, String> all = new TreeMap<>(environment);
        all.putIfAbsent("HF_ENDPOINT", hub.endpoint().toString());
        return quick(HubSettings.of(all, repository));
    }

    static HubSettings quick(HubSettings settings) {
        return new HubSettings(
                settings.endpoint(),
                settings.token(),
                settings.offline(),
                settings.proxies(),
                settings.parallelFiles(),
                3,
                Duration.ofMillis(1),
                settings.patience());
    }

    static HubSettings impatient(HubSettings settings) {
        return new HubSettings(
                settings.endpoint(),
                settings.token(),
                settings.offline(),
                settings.proxies(),
                settings.parallelFiles(),
                settings.attempts(),
                settings.firstWait(),
                Duration.ofMillis(300));
    }

    /** Looks until it is so. */
    static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.sleep(5);
        }
    }

    PullRequest request(String source) {
        return new PullRequest(SourceModel.parse(source), repository, Optional.empty(), false);
    }

    PullRequest overwriting(String source) {
        return new PullRequest(SourceModel.parse(source), repository, Optional.empty(), true);
    }

    PullResult pull() throws HubException, InterruptedException {
        return pull(request(MODEL), Map.of());
    }

    PullResult pull(PullRequest request, Map<String, String> environment) throws HubException, InterruptedException {
        return new ModelHub(settings(environment)).pull(request, progress);
    }

    Path folder() {
        return repository.resolve(MODEL);
    }

    Path staging() {
        return repository.resolve("Org/.Model.pulling");
    }

    Path part(byte[] bytes) throws Exception {
        return staging()
                .resolve("parts")
                .resolve(java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(bytes)));
    }

    URI endpoint() {
        return hub.endpoint();
    }

    /** The files of a folder by their paths in it, but those of the tools that brought them; bytes as text. */
    static Map<String, String> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).toString().matches("\\.cache/.*|\\.grevy-pull\\.json"))
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(), Pulls::text, (a, b) -> a, TreeMap::new));
        }
    }

    /** What {@link #content} is for a pulled model of these files. */
    static Map<String, String> pulled(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .filter(file -> !file.getKey().equals(".gitattributes"))
                .collect(Collectors.toMap(Map.Entry::getKey, file -> text(file.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static String text(Path file) {
        try {
            return text(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return bytes.length + " bytes, " + Arrays.hashCode(bytes);
    }

    @Override
    public void close() {
        hub.close();
    }
}
