package io.grevy.openai.responses;

import io.grevy.inference.Generation;
import io.grevy.model.Place;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.BodyBudget;
import io.grevy.openai.chat.ChatGeneration;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.NamedEvents;
import io.grevy.openai.chat.PicturePool;
import io.grevy.security.Visit;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** A response on its way: a chat completion but for its form. */
final class ResponseGeneration implements GenerationRequest {

    private static final Map<String, String> NAMES =
            Map.of("messages", "input", "chat_template_kwargs", "reasoning", "logprobs", "include");

    private final ChatGeneration chat;
    private final JsonObject echo;
    private final boolean logProbs;

    ResponseGeneration(ResponseRequest request, PicturePool pictures) {
        this.chat = new ChatGeneration(request.chat(), pictures);
        this.echo = request.echo();
        this.logProbs = request.chat().form().logProbs();
    }

    @Override
    public String model() {
        return chat.model();
    }

    @Override
    public String promptField() {
        return "input";
    }

    @Override
    public String idPrefix() {
        return "resp_";
    }

    @Override
    public boolean streamed() {
        return chat.streamed();
    }

    @Override
    public void tell(Visit visit) {
        chat.tell(visit);
    }

    @Override
    public Generation start(Place place, String id, BodyBudget.Share held) throws InterruptedException {
        try {
            return chat.start(place, id, held);
        } catch (ApiException e) {
            throw e.renamed(NAMES);
        }
    }

    @Override
    public WholeSink whole(AnswerHead head) {
        return ResponseAnswer.whole(head, echo, logProbs);
    }

    @Override
    public StreamSink stream(AnswerHead head, OutputStream out) throws IOException {
        return ResponseAnswer.streamed(head, echo, logProbs, new NamedEvents(out));
    }
}
