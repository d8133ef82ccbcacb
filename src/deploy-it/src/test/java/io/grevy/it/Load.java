package io.grevy.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Clients that ask for streams, each on a thread of its own. */
final class Load implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * What became of a stream.
     *
     * @param servedBy the node's address, by nginx
     * @param words when each came, by {@link System#nanoTime}
     * @param whole whether it came to its end
     */
    record Answer(int status, String servedBy, List<Long> words, boolean whole) {}

    /** A stream under way. */
    record Asked(CountDownLatch begun, Future<Answer> answer) {}

    /**
     * Asks for a stream.
     *
     * @param conversation its id, empty for none
     */
    Asked ask(URI server, String conversation, int tokens) {
        CountDownLatch begun = new CountDownLatch(2);
        return new Asked(begun, threads.submit(() -> stream(server, conversation, tokens, begun)));
    }

    /** Asks for so many at once, and waits for all. */
    List<Answer> askAtOnce(URI server, int count, int tokens) throws Exception {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(ask(server, "", tokens));
        }
        List<Answer> answers = new ArrayList<>();
        for (Asked one : asked) {
            answers.add(one.answer().get());
        }
        return answers;
    }

    private Answer stream(URI server, String conversation, int tokens, CountDownLatch begun)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/v3/chat/completions"))
                .timeout(Duration.ofSeconds(120))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model": "grevy/demo", "stream": true, "max_tokens": %d,
                         "messages": [{"role": "user", "content": "Go on."}]}
                        """.formatted(tokens)));
        if (!conversation.isEmpty()) {
            request.header("X-Conversation-Id", conversation);
        }
        HttpResponse<Stream<String>> response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        begun.countDown();
        List<Long> words = new ArrayList<>();
        Set<String> lines = new HashSet<>();
        try (Stream<String> body = response.body()) {
            body.forEach(line -> {
                if (line.contains("word ")) {
                    words.add(System.nanoTime());
                }
                lines.add(line);
                begun.countDown();
            });
        } catch (java.io.UncheckedIOException e) {
            // Cut off: what came so far counts.
        }
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("X-Served-By").orElse(""),
                words,
                lines.contains("data: [DONE]"));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
