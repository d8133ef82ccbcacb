package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many requests of all kinds; nothing of them stays. The test server's heap has one fixed size (jvm.options). */
@ExtendWith(ArquillianExtension.class)
@Timeout(600)
class SoakIT {

    private static final String MODEL = "qwen2_vl";
    private static final long MIB = 1024 * 1024;

    @ArquillianResource
    URL base;

    @Deployment(testable = false)
    static WebArchive server() {
        return Deployments.of("soak", MODEL, Deployments.model("fixtures/qwen2_vl"));
    }

    @Test
    void aThousandRequestsLeaveNothingBehindAndMemoryFlat() throws Exception {
        Http http = new Http(base);
        http.awaitModels();
        requests(http, 300);
        long before = residentBytes();

        requests(http, 1000);

        long grown = residentBytes() - before;
        Metrics metrics = new Metrics(http, MODEL);
        metrics.await("vllm:num_requests_running", "", 0);
        assertThat(metrics.value("vllm:num_requests_waiting", "")).isZero();
        assertThat(grown / MIB).as("MiB of growth over 1000 requests").isLessThan(64);
    }

    /** Whole answers, streams, streams that the client leaves, pictures, and bad requests, eight at a time. */
    private void requests(Http http, int count) throws Exception {
        String picture = Http.dataUri(Deployments.root().resolve("models/pictures/red-circle.png"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int kind = i % 5;
                String text = "Question " + i;
                all.add(threads.submit(() -> {
                    request(http, kind, text, picture);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void request(Http http, int kind, String text, String picture) throws Exception {
        switch (kind) {
            case 0 ->
                assertThat(http.post("/v3/chat/completions", body(text, "", false, 8))
                                .statusCode())
                        .isEqualTo(200);
            case 1 ->
                assertThat(http.post("/v3/chat/completions", body(text, picture, false, 8))
                                .statusCode())
                        .isEqualTo(200);
            case 2 -> {
                try (RawStream stream = RawStream.open(base, body(text, picture, true, 8))) {
                    assertThat(stream.rest()).isNotEmpty();
                }
            }
            case 3 -> {
                try (RawStream stream = RawStream.open(base, body(text, "", true, 2000))) {
                    stream.next();
                }
            }
            default ->
                assertThat(http.post("/v3/chat/completions", body(text, "data:image/png;base64,AAAA", false, 8))
                                .statusCode())
                        .isEqualTo(400);
        }
    }

    private static String body(String text, String picture, boolean stream, int tokens) {
        String image =
                picture.isEmpty() ? "" : ", {\"type\": \"image_url\", \"image_url\": {\"url\": \"" + picture + "\"}}";
        return """
                {"model": "%s", "max_tokens": %d, "ignore_eos": true, "stream": %b,
                 "messages": [{"role": "user", "content": [{"type": "text", "text": "%s"}%s]}]}
                """.formatted(MODEL, tokens, stream, text, image);
    }

    private static long residentBytes() throws IOException {
        ProcessHandle server = ServerThreads.servers()
                .filter(process -> process.info().commandLine().orElse("").contains("arquillian"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the test server's process was not found"));
        return Resident.bytesOf(server);
    }
}
