package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams on the wire, read byte by byte. */
@ExtendWith(ArquillianExtension.class)
@Timeout(300)
class StreamsIT {

    private static final String MODEL = "qwen2_vl";

    @ArquillianResource
    URL base;

    private Http http;
    private Metrics metrics;

    @Deployment(testable = false)
    static WebArchive server() {
        return Deployments.of("streams", MODEL, Deployments.model("fixtures/qwen2_vl"));
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
        metrics = new Metrics(http, MODEL);
    }

    @Test
    void eachTokensEventArrivesWhileTheNextAreStillBeingMade() throws Exception {
        try (RawStream stream = RawStream.open(base, body(400, true))) {
            List<Long> arrivals = new ArrayList<>();
            for (String event = stream.next(); !event.equals("[DONE]"); event = stream.next()) {
                arrivals.add(System.nanoTime());
            }

            long first = arrivals.get(0);
            long span = arrivals.get(arrivals.size() - 1) - first;
            assertThat(arrivals).hasSizeGreaterThan(200);
            // Spread over the whole time of the generation, not in a few heaps: half of it has come by the middle.
            long byTheMiddle = arrivals.stream()
                    .filter(arrival -> arrival - first <= span / 2)
                    .count();
            assertThat(byTheMiddle).isBetween(arrivals.size() / 5L, arrivals.size() * 4L / 5);
            long longestGap = 0;
            for (int i = 1; i < arrivals.size(); i++) {
                longestGap = Math.max(longestGap, arrivals.get(i) - arrivals.get(i - 1));
            }
            assertThat(longestGap)
                    .as("no gap as long as a heap of events would leave")
                    .isLessThan(span / 3);
        }
    }

    @Test
    void sixtyFourStreamsAtOnceAllFinish() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<List<String>>> streams = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                streams.add(threads.submit(() -> {
                    try (RawStream stream = RawStream.open(base, body(40, true))) {
                        return stream.rest();
                    }
                }));
            }
            List<String> alone;
            try (RawStream stream = RawStream.open(base, body(40, true))) {
                alone = stream.rest();
            }
            for (Future<List<String>> stream : streams) {
                assertThat(RawStream.text(stream.get())).isEqualTo(RawStream.text(alone));
                assertThat(stream.get()).last().asString().contains("\"finish_reason\":\"length\"");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClientThatGoesAwayIsCancelledBeforeItsNextTokens() throws Exception {
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        double generatedBefore = metrics.value("vllm:generation_tokens_total", "");
        for (int i = 0; i < 5; i++) {
            try (RawStream stream = RawStream.open(base, body(8_000, true))) {
                stream.next();
                stream.next();
            }
        }

        metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 5);
        assertThat(metrics.value("vllm:num_requests_running", "")).isZero();
        // Of 40,000 tokens: those under way between the client's close and the write that noticed it.
        assertThat(metrics.value("vllm:generation_tokens_total", "") - generatedBefore)
                .isLessThan(5 * 100);
    }

    @Test
    void aClientThatGoesAwayFromAWholeAnswerIsCancelledToo() throws Exception {
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        try (Socket client = new Socket(base.getHost(), base.getPort())) {
            byte[] body = body(8_000, false).getBytes(StandardCharsets.UTF_8);
            client.getOutputStream()
                    .write(("POST /v3/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
            metrics.await("vllm:num_requests_running", "", 1);
        }

        metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 1);
        assertThat(metrics.value("vllm:num_requests_running", "")).isZero();
    }

    @Test
    void aStreamThatIsCancelledByItsIdEndsWithAnErrorThatSaysSo() throws Exception {
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        try (RawStream stream = RawStream.open(base, body(8_000, true))) {
            String id = Json.createReader(new StringReader(stream.next()))
                    .readObject()
                    .getString("id");

            var cancelled = http.post("/v1/chat/completions/" + id + "/cancel", "");

            assertThat(cancelled.statusCode()).isEqualTo(200);
            assertThat(cancelled.body()).isEqualTo("{\"id\":\"" + id + "\",\"object\":\"chat.completion.cancelled\"}");
            String event = stream.next();
            while (event.contains("\"choices\"")) {
                event = stream.next();
            }
            assertThat(event).contains("\"code\":\"generation_cancelled\"");
            metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 1);
            var again = http.post("/v3/chat/completions/" + id + "/cancel", "");
            assertThat(again.statusCode()).isEqualTo(404);
            assertThat(again.body()).contains("\"code\":\"generation_not_found\"");
        }
    }

    @Test
    void aWholeAnswerAndAStreamSayTheSame() throws Exception {
        String whole = http.post("/v3/chat/completions", body(30, false)).body();
        try (RawStream stream = RawStream.open(base, body(30, true))) {
            String streamed = RawStream.text(stream.rest());
            String content = Json.createReader(new StringReader(whole))
                    .readObject()
                    .getJsonArray("choices")
                    .getJsonObject(0)
                    .getJsonObject("message")
                    .getString("content");
            assertThat(streamed).isEqualTo(content).isNotEmpty();
        }
    }

    @Test
    void anErrorBeforeTheFirstTokenIsAStatusNotAnEvent() throws Exception {
        var response = http.post("/v3/chat/completions", """
                {"model": "qwen2_vl", "stream": true, "messages": [{"role": "user", "content": [
                   {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]}]}
                """);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(response.body()).contains("messages[0].content[0].image_url.url");
    }

    /** Endless but for its limit; the model's end of sequence is ignored. */
    private static String body(int tokens, boolean stream) {
        return """
                {"model": "%s", "max_tokens": %d, "temperature": 0, "ignore_eos": true, "stream": %b,
                 "messages": [{"role": "user", "content": "Go on"}]}
                """.formatted(MODEL, tokens, stream);
    }
}
