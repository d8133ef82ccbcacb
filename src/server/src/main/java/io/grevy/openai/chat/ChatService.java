package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.image.Picture;
import io.grevy.inference.Generation;
import io.grevy.model.Models;
import io.grevy.model.Place;
import io.grevy.model.ServedModel;
import io.grevy.openai.ApiException;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Answers requests for chat completions, each on a thread of its own. Thread-safe. */
@Component
class ChatService {

    private final Models models;
    private final ChatIntake intake;
    private final BodyBudget budget;
    private final PicturePool pictures;
    private final ChatThreads threads;
    private final RunningAnswers running;
    private final Duration heartbeat;
    private final Clock clock = Clock.systemUTC();

    @Inject
    ChatService(
            Models models,
            ChatIntake intake,
            BodyBudget budget,
            PicturePool pictures,
            ChatThreads threads,
            RunningAnswers running,
            ChatSettings settings) {
        this.models = models;
        this.intake = intake;
        this.budget = budget;
        this.pictures = pictures;
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
    void submit(String requestId, InputStream body, Reply reply) {
        threads.execute(new ChatExchange(this, requestId, body, reply));
    }

    /** Loads the pictures and starts the generation. */
    Generation start(Place place, String id, ChatRequest request, BodyBudget.Share held) throws InterruptedException {
        List<Picture> loaded;
        try {
            loaded = pictures.load(request.pictures(), held);
        } catch (ApiException e) {
            place.refuse();
            throw e;
        }
        return ModelSteps.start(place, request.toInference(id, loaded));
    }

    AnswerHead newAnswer(ServedModel model) {
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
        return new AnswerHead(id, clock.instant().getEpochSecond(), model.name(), Fingerprint.of(model));
    }

    Models models() {
        return models;
    }

    ChatIntake intake() {
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
