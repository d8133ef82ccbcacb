package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.inference.Part;
import io.grevy.model.Place;
import io.grevy.openai.ApiException;
import io.grevy.openai.access.AccessErrors;
import io.grevy.security.QuotaExceededException;
import io.grevy.security.Visit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A chat completion on its way to an answer. */
public final class ChatGeneration implements GenerationRequest {

    private final PicturePool pictures;
    private ChatRequest request;

    public ChatGeneration(ChatRequest request, PicturePool pictures) {
        this.request = request;
        this.pictures = pictures;
    }

    @Override
    public String model() {
        return request.model();
    }

    @Override
    public String promptField() {
        return "messages";
    }

    @Override
    public String idPrefix() {
        return "chatcmpl-";
    }

    @Override
    public boolean streamed() {
        return request.form().stream();
    }

    @Override
    public void tell(Visit visit) {
        try {
            visit.takePictures(request.visuals().size());
        } catch (QuotaExceededException e) {
            throw AccessErrors.of(e);
        }
        if (visit.keepsText()) {
            visit.prompt(request.text());
        }
    }

    @Override
    public Generation start(Place place, String id, BodyBudget.Share held) throws InterruptedException {
        List<Part> loaded;
        try {
            loaded = pictures.load(request.visuals(), held);
        } catch (ApiException e) {
            place.refuse();
            throw e;
        }
        Generation generation = ModelSteps.start(place, request.toInference(id, loaded));
        request = request.withoutMessages();
        return generation;
    }

    @Override
    public WholeSink whole(AnswerHead head) {
        return new WholeAnswer(head, request.choices().count(), request.form().logProbs());
    }

    @Override
    public StreamSink stream(AnswerHead head, OutputStream out) throws IOException {
        return new EventStream(head, request.form(), out);
    }
}
