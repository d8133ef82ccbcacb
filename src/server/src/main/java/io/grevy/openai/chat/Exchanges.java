package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.model.Models;
import io.grevy.openai.ApiException;
import io.grevy.openai.access.AccessErrors;
import io.grevy.security.QuotaExceededException;
import io.grevy.security.Quotas;
import io.grevy.security.Visit;
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
    private final Quotas quotas;
    private final Duration heartbeat;

    @Inject
    public Exchanges(
            Models models,
            Intake intake,
            BodyBudget budget,
            ChatThreads threads,
            RunningAnswers running,
            Quotas quotas,
            ChatSettings settings) {
        this.models = models;
        this.intake = intake;
        this.budget = budget;
        this.threads = threads;
        this.running = running;
        this.quotas = quotas;
        this.heartbeat = settings.heartbeat();
    }

    /**
     * Returns at once; the reply is settled later, by another thread.
     *
     * @param requestId for logs
     * @throws ApiException RATE_LIMIT_EXCEEDED if the tenant has used what it may, OVERLOADED if as many requests are
     *     held as may; the reply is untouched
     */
    public <R> void submit(Endpoint<R> endpoint, String requestId, InputStream body, Reply reply) {
        begin(reply.visit());
        try {
            threads.execute(new Exchange<>(this, endpoint, requestId, body, reply));
        } catch (ApiException e) {
            reply.visit().settle();
            throw e;
        }
    }

    private void begin(Visit visit) {
        try {
            quotas.begin(visit);
        } catch (QuotaExceededException e) {
            throw AccessErrors.of(e);
        }
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
