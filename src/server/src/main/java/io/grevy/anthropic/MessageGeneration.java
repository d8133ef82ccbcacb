package io.grevy.anthropic;

import io.grevy.inference.Generation;
import io.grevy.model.Place;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.BodyBudget;
import io.grevy.openai.chat.ChatGeneration;
import io.grevy.openai.chat.ChatRequest;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.NamedEvents;
import io.grevy.openai.chat.PicturePool;
import io.grevy.security.Visit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Function;

/** A message on its way: a chat completion but for its form. */
final class MessageGeneration implements GenerationRequest {

    private static final Map<String, String> NAMES = Map.of("chat_template_kwargs", "output_config");

    private final ChatGeneration chat;
    private final Function<AnswerHead, WholeSink> whole;

    private MessageGeneration(ChatRequest request, PicturePool pictures, Function<AnswerHead, WholeSink> whole) {
        this.chat = new ChatGeneration(request, pictures);
        this.whole = whole;
    }

    static MessageGeneration of(ChatRequest request, PicturePool pictures) {
        return new MessageGeneration(request, pictures, MessageAnswer::whole);
    }

    /** Of which only the number of its prompt's tokens is told. */
    static MessageGeneration toCount(ChatRequest request, PicturePool pictures) {
        return new MessageGeneration(request, pictures, head -> new TokenCount());
    }

    @Override
    public String model() {
        return chat.model();
    }

    @Override
    public String promptField() {
        return chat.promptField();
    }

    @Override
    public String idPrefix() {
        return "msg_";
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
        return whole.apply(head);
    }

    @Override
    public StreamSink stream(AnswerHead head, OutputStream out) throws IOException {
        return MessageAnswer.streamed(head, new NamedEvents(out));
    }
}
