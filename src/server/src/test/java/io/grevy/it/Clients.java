package io.grevy.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask a model one question after the other, every other one as a stream, until they are closed. */
final class Clients implements AutoCloseable {

    private static final int TOKENS = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean closed;

    private Clients() {}

    static Clients of(GrevyProcess grevy, int count, String model) throws Exception {
        Clients clients = new Clients();
        Http http = new Http(grevy.url());
        for (int i = 0; i < count; i++) {
            boolean stream = i % 2 == 0;
            clients.running.add(clients.threads.submit(() -> {
                while (!clients.closed) {
                    clients.ask(grevy, http, model, stream);
                }
                return null;
            }));
        }
        return clients;
    }

    /** Waits for so many more answers, or a failure. */
    void awaitAnswers(int more) throws InterruptedException {
        int wanted = answers.get() + more;
        while (answers.get() < wanted && failures.isEmpty()) {
            Thread.sleep(20);
        }
    }

    /** Ends them, each after its last answer. */
    List<String> failures() throws Exception {
        closed = true;
        for (Future<?> one : running) {
            one.get(120, TimeUnit.SECONDS);
        }
        return List.copyOf(failures);
    }

    int answers() {
        return answers.get();
    }

    private void ask(GrevyProcess grevy, Http http, String model, boolean stream) throws Exception {
        if (stream) {
            try (RawStream events = RawStream.open(grevy.url(), question(model, TOKENS, true))) {
                check(String.join("\n", events.rest()), "\"finish_reason\":\"length\"");
            } catch (java.io.IOException e) {
                failures.add(String.valueOf(e));
            }
        } else {
            check(
                    http.post("/v3/chat/completions", question(model, TOKENS, false))
                            .body(),
                    "\"completion_tokens\":" + TOKENS);
        }
        answers.incrementAndGet();
    }

    private void check(String answer, String part) {
        if (!answer.contains(part)) {
            failures.add(answer);
        }
    }

    static String question(String model, int tokens, boolean stream) {
        return """
                {"model": "%s", "max_tokens": %d, "ignore_eos": true, "stream": %b,
                 "messages": [{"role": "user", "content": "Who are you?"}]}
                """.formatted(model, tokens, stream);
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }
}
