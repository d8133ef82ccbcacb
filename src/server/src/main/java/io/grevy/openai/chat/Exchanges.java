package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.model.Models;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Duration;

/** Answers requests, each on a thread of its own, within what may be held of all of them. Thread-safe. */
@Component
public class Exchanges {

    private final Models models;
    private final Intake intake;
    private final BodyBudget budget;
    private final ChatThreads threads;
    private final RunningAnswers running;
    private final Duration heartbeat;

    @Inject
    public Exchanges(
            Models models,
            Intake intake,
            BodyBudget budget,
            ChatThreads threads,
            RunningAnswers running,
            ChatSettings settings) {
        this.models = models;
        this.intake = intake;
        this.budget = budget;
        this.threads = threads;
        this.running = running;
        this.heartbeat = settings.heartbeat();
    }

    /**
     * Returns at once; the reply is settled later, by another thread.
     *
     * @param requestId for logs
     * @throws io.grevy.openai.ApiException OVERLOADED if as many requests are held as may; the reply is untouched
     */
    public <R> void submit(Endpoint<R> endpoint, String requestId, InputStream body, Reply reply) {
        threads.execute(new Exchange<>(this, endpoint, requestId, body, reply));
    }

    Models models() {
        return models;
    }

    Intake intake() {
        return intake;
    }

    RunningAnswers running() {
        return running;
    }

    BodyBudget budget() {
        return budget;
    }

    Duration heartbeat() {
        return heartbeat;
    }
}
