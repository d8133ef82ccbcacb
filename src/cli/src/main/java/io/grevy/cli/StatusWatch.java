package io.grevy.cli;

import io.grevy.keys.ApiKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks a starting server for the states of its models, and says each change once, until nothing more is to change. */
final class StatusWatch implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final Optional<ApiKey> key;
    private final Console console;
    private final long start = System.nanoTime();
    private final ProgressReport progress;
    private final Set<String> loading = new HashSet<>();
    private final Set<String> settled = new HashSet<>();

    StatusWatch(Endpoint endpoint, Console console) {
        this(endpoint, Optional.empty(), console);
    }

    /** @param key by which the server knows this, where it asks for one */
    StatusWatch(Endpoint endpoint, Optional<ApiKey> key, Console console) {
        this.endpoint = endpoint;
        this.key = key;
        this.console = console;
        this.progress = new ProgressReport(console);
    }

    /** Runs until all is said, or until interrupted. */
    @Override
    public void run() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest.Builder asking =
                HttpRequest.newBuilder(endpoint.uri("/v1/config")).timeout(PATIENCE);
        key.ifPresent(known -> asking.header("Authorization", "Bearer " + known.text()));
        HttpRequest question = asking.build();
        try {
            while (!report(ask(client, question))) {
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<List<ModelState>> ask(HttpClient client, HttpRequest question) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? ModelState.parse(answer.body()) : Optional.empty();
        } catch (IOException e) {
            // Not up yet.
            return Optional.empty();
        }
    }

    private boolean report(Optional<List<ModelState>> states) {
        states.ifPresent(all -> all.forEach(this::report));
        boolean done = states.isPresent() && states.get().stream().allMatch(ModelState::settled);
        if (done && states.get().isEmpty()) {
            console.say("listening at " + endpoint.uri("/v3") + ", without a model");
        }
        return done;
    }

    private void report(ModelState state) {
        String model = state.model();
        if (!state.settled()) {
            if (state.preparing()) {
                progress.report(state.errorMessage());
            } else if (loading.add(model)) {
                console.say("loading " + model + " …");
            }
        } else if (settled.add(model)) {
            console.say(
                    state.available()
                            ? model + " is AVAILABLE at " + endpoint.uri("/v3") + " (" + elapsed() + ")"
                            : model + " did not load: " + state.errorMessage());
        }
    }

    private String elapsed() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }
}
