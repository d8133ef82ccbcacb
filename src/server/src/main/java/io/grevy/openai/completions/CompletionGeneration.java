package io.grevy.openai.completions;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.RawPrompt;
import io.grevy.model.ModelUnavailableException;
import io.grevy.model.Place;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.BodyBudget;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.ModelSteps;
import io.grevy.security.Visit;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A completion on its way to an answer. */
final class CompletionGeneration implements GenerationRequest {

    private final CompletionRequest request;
    /** What each choice begins with. */
    private final List<String> beginnings = new ArrayList<>();

    CompletionGeneration(CompletionRequest request) {
        this.request = request;
    }

    @Override
    public String model() {
        return request.model();
    }

    @Override
    public String promptField() {
        return "prompt";
    }

    @Override
    public String idPrefix() {
        return "cmpl-";
    }

    @Override
    public boolean streamed() {
        return request.form().stream();
    }

    @Override
    public void tell(Visit visit) {
        if (visit.keepsText()) {
            visit.prompt(request.prompts().stream()
                    .map(prompt -> prompt instanceof RawPrompt.Text text
                            ? text.text()
                            : String.valueOf(((RawPrompt.Tokens) prompt).ids()))
                    .collect(Collectors.joining("\n")));
        }
    }

    @Override
    public Generation start(Place place, String id, BodyBudget.Share held) throws InterruptedException {
        Generation generation = ModelSteps.start(place, request.toInference(id));
        // What fails here closes the place, and with it the generation.
        for (RawPrompt prompt : request.prompts()) {
            String beginning = request.echo() ? text(prompt, place) : "";
            beginnings.addAll(Collections.nCopies(request.choices().count(), beginning));
        }
        return generation;
    }

    @Override
    public WholeSink whole(AnswerHead head) {
        return new WholeCompletion(head, request.form(), request.topLogProbs(), beginnings);
    }

    @Override
    public StreamSink stream(AnswerHead head, OutputStream out) throws IOException {
        return new CompletionStream(head, request.form(), request.topLogProbs(), beginnings, out);
    }

    private String text(RawPrompt prompt, Place place) throws InterruptedException {
        if (prompt instanceof RawPrompt.Text text) {
            return text.text();
        }
        int[] ids = ((RawPrompt.Tokens) prompt)
                .ids().stream().mapToInt(Integer::intValue).toArray();
        try {
            ModelTokenizer tokenizer = place.tokenizer(Duration.ZERO).orElseThrow();
            return tokenizer.decode(ids, !request.rendering().specialTokens());
        } catch (ModelUnavailableException | EngineUnavailableException e) {
            throw ModelSteps.unavailable(e);
        }
    }
}
