package io.grevy.openai.chat;

import io.grevy.inference.GenerationEvent;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorResponse;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.Optional;

/** Writes an answer as a stream of events, each leaving as it comes. */
final class EventStream implements GenerationRequest.StreamSink {

    private final Chunks chunks;
    private final AnswerForm form;
    private final OutputStream out;
    private final BitSet begun = new BitSet();

    /**
     * Commits the answer.
     *
     * @throws IOException from here and from every method: the client has gone
     */
    EventStream(AnswerHead head, AnswerForm form, OutputStream out) throws IOException {
        this.chunks = new Chunks(head, form.includeUsage());
        this.form = form;
        this.out = out;
        out.flush(); // Liberty ignores the first flush: without this one the first event would leave with the second.
    }

    @Override
    public void text(GenerationEvent.Text text) throws IOException {
        gained(text, Delta.content(text.text()));
    }

    @Override
    public void reasoning(GenerationEvent.Reasoning reasoning) throws IOException {
        gained(reasoning, Delta.reasoning(reasoning.text()));
    }

    @Override
    public void call(GenerationEvent.CallStarted call) throws IOException {
        gained(call, Delta.call(call.index(), call.id(), call.name()));
    }

    @Override
    public void arguments(GenerationEvent.CallArguments arguments) throws IOException {
        gained(arguments, Delta.arguments(arguments.index(), arguments.json()));
    }

    private void gained(GenerationEvent.Gain gain, Delta delta) throws IOException {
        boolean first = !begun.get(gain.choice());
        begun.set(gain.choice());
        Optional<JsonObject> logProbs = form.logProbs() ? Optional.of(LogProbs.of(gain.logProbs())) : Optional.empty();
        send(chunks.gained(gain.choice(), first, delta, logProbs));
    }

    @Override
    public void ended(GenerationEvent.ChoiceEnded ended) throws IOException {
        if (!begun.get(ended.choice())) {
            text(new GenerationEvent.Text(ended.choice(), "", 0));
        }
        send(chunks.ended(ended.choice(), ended.reason()));
    }

    @Override
    public void finished(GenerationEvent.Finished finished) throws IOException {
        if (form.includeUsage()) {
            out.write(chunks.usage(TokenUsage.of(finished.usage()))); // leaves with the end
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

    private void send(byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }
}
