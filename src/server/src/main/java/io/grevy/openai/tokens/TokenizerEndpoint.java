package io.grevy.openai.tokens;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.ModelTokenizer;
import io.grevy.model.Models;
import io.grevy.model.Place;
import io.grevy.openai.JsonAnswer;
import io.grevy.openai.chat.BodyBudget;
import io.grevy.openai.chat.Endpoint;
import io.grevy.openai.chat.ModelSteps;
import io.grevy.openai.chat.Reply;
import java.util.function.Function;

/**
 * A path that asks a model's tokenizer. The request takes a place, so that the model stays while it is asked, but waits
 * for no turn.
 */
final class TokenizerEndpoint<R> implements Endpoint<R> {

    private final Models models;
    private final Function<byte[], R> reader;
    private final Function<R, String> model;
    private final Question<R> question;

    TokenizerEndpoint(Models models, Function<byte[], R> reader, Function<R, String> model, Question<R> question) {
        this.models = models;
        this.reader = reader;
        this.model = model;
        this.question = question;
    }

    /** What a request asks. */
    interface Question<R> {
        JsonAnswer ask(R request, ModelTokenizer tokenizer) throws EngineUnavailableException;
    }

    @Override
    public R read(byte[] body) {
        return reader.apply(body);
    }

    @Override
    public void answer(R request, Reply reply, BodyBudget.Share share, String requestId) throws InterruptedException {
        JsonAnswer answer;
        try (Place place = admit(model.apply(request), reply)) {
            ModelTokenizer tokenizer = ModelSteps.tokenizer(place, reply);
            place.leaveUncounted();
            answer = question.ask(request, tokenizer);
        } catch (EngineUnavailableException e) {
            throw ModelSteps.unavailable(e);
        }
        reply.whole(answer);
    }

    private Place admit(String name, Reply reply) {
        return ModelSteps.admit(ModelSteps.find(models, name, reply.visit()), reply.visit());
    }
}
