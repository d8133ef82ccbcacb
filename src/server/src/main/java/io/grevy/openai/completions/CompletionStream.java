package io.grevy.openai.completions;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorResponse;
import io.grevy.openai.chat.AnswerForm;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.Chunks;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.TokenUsage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Writes an answer as a stream of events, each leaving as it comes. */
final class CompletionStream implements GenerationRequest.StreamSink, TextSink {

    private final AnswerHead head;
    private final AnswerForm form;
    private final List<String> beginnings;
    private final List<ChoiceTokens> tokens;
    private final OutputStream out;
    private final BitSet begun = new BitSet();

    /**
     * Commits the answer.
     *
     * @param beginnings what each choice begins with
     * @throws IOException from here and from every method: the client has gone
     */
    CompletionStream(AnswerHead head, AnswerForm form, boolean topLogProbs, List<String> beginnings, OutputStream out)
            throws IOException {
        this.head = head;
        this.form = form;
        this.beginnings = List.copyOf(beginnings);
        this.tokens = beginnings.stream()
                .map(beginning -> new ChoiceTokens(topLogProbs))
                .toList();
        this.out = out;
        out.flush(); // Liberty ignores the first flush: without this one the first event would leave with the second.
    }

    @Override
    public void text(GenerationEvent.Text text) throws IOException {
        begin(text.choice());
        Optional<JsonObject> logProbs =
                form.logProbs() ? Optional.of(tokens.get(text.choice()).next(text.logProbs())) : Optional.empty();
        send(text.choice(), text.text(), logProbs, Optional.empty());
    }

    @Override
    public void ended(GenerationEvent.ChoiceEnded ended) throws IOException {
        begin(ended.choice());
        send(ended.choice(), "", Optional.empty(), Optional.of(ended.reason()));
    }

    @Override
    public void finished(GenerationEvent.Finished finished) throws IOException {
        if (form.includeUsage()) {
            send(new TextCompletion(
                    head, List.of(), Optional.of(TokenUsage.of(finished.usage()).toJson())));
        }
        send(Chunks.done());
    }

    @Override
    public void quiet() throws IOException {
        send(Chunks.heartbeat());
    }

    @Override
    public void failed(ApiException e) throws IOException {
        send(Chunks.error(ErrorResponse.of(e)));
    }

    private void begin(int choice) throws IOException {
        if (!begun.get(choice)) {
            begun.set(choice);
            if (!beginnings.get(choice).isEmpty()) {
                send(choice, beginnings.get(choice), Optional.empty(), Optional.empty());
            }
        }
    }

    private void send(int choice, String text, Optional<JsonObject> logProbs, Optional<FinishReason> reason)
            throws IOException {
        send(new TextCompletion(
                head,
                List.of(new TextCompletion.Choice(choice, text, logProbs, reason)),
                form.includeUsage() ? Optional.of(JsonValue.NULL) : Optional.empty()));
    }

    private void send(TextCompletion chunk) throws IOException {
        send(Chunks.event(chunk.toJson().toString()));
    }

    private void send(byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }
}
