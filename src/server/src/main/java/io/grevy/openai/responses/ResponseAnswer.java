package io.grevy.openai.responses;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.Json;
import io.grevy.openai.JsonAnswer;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.NamedEvents;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;

/** Makes a response of what a generation tells, the same whether it is sent whole or as events. Used by one thread. */
final class ResponseAnswer implements GenerationRequest.WholeSink, GenerationRequest.StreamSink {

    private final AnswerHead head;
    private final JsonObject echo;
    private final ResponseEvents events;
    private final Output output;

    private String status = "in_progress";
    private JsonValue incomplete = JsonValue.NULL;
    private JsonValue error = JsonValue.NULL;
    private JsonValue usage = JsonValue.NULL;
    private int reasoningTokens;

    private ResponseAnswer(AnswerHead head, JsonObject echo, boolean logProbs, ResponseEvents events) {
        this.head = head;
        this.echo = echo;
        this.events = events;
        this.output = new Output(events, logProbs);
    }

    /**
     * @param echo what the answer repeats of its request
     * @param logProbs whether it tells its tokens
     */
    static ResponseAnswer whole(AnswerHead head, JsonObject echo, boolean logProbs) {
        return new ResponseAnswer(head, echo, logProbs, ResponseEvents.unheard());
    }

    /** As {@link #whole}; from here on every method may find that the client has gone. */
    static ResponseAnswer streamed(AnswerHead head, JsonObject echo, boolean logProbs, NamedEvents stream)
            throws IOException {
        ResponseAnswer answer = new ResponseAnswer(head, echo, logProbs, ResponseEvents.to(stream));
        answer.tellState("created");
        answer.tellState("in_progress");
        return answer;
    }

    @Override
    public JsonAnswer answer() {
        return new ResponseObject(json());
    }

    @Override
    public void text(GenerationEvent.Text text) throws IOException {
        output.text(text);
    }

    @Override
    public void reasoning(GenerationEvent.Reasoning reasoning) throws IOException {
        reasoningTokens += reasoning.tokens();
        output.reasoning(reasoning);
    }

    @Override
    public void call(GenerationEvent.CallStarted call) throws IOException {
        output.call(call);
    }

    @Override
    public void arguments(GenerationEvent.CallArguments arguments) throws IOException {
        output.arguments(arguments);
    }

    @Override
    public void ended(GenerationEvent.ChoiceEnded ended) throws IOException {
        boolean complete = ended.reason() != FinishReason.LENGTH;
        output.end(complete);
        status = complete ? "completed" : "incomplete";
        if (!complete) {
            incomplete = Json.object().add("reason", "max_output_tokens").build();
        }
    }

    @Override
    public void finished(GenerationEvent.Finished finished) throws IOException {
        usage = ResponseUsage.of(finished.usage(), reasoningTokens);
        tellState(status);
    }

    @Override
    public void quiet() throws IOException {
        events.heartbeat();
    }

    @Override
    public void failed(ApiException e) throws IOException {
        boolean prompt = e.code() == ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        status = "failed";
        error = Json.object()
                .add("code", prompt ? "invalid_prompt" : "server_error")
                .add("message", e.getMessage())
                .build();
        tellState(status);
    }

    private void tellState(String name) throws IOException {
        events.tell("response." + name, event -> event.add("response", json()));
    }

    private JsonObject json() {
        var response = Json.object()
                .add("id", head.id())
                .add("object", "response")
                .add("created_at", head.created())
                .add("status", status)
                .add("error", error)
                .add("incomplete_details", incomplete)
                .add("model", head.model())
                .add("output", output.json());
        echo.forEach(response::add);
        return response.add("usage", usage).build();
    }
}
