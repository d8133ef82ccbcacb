package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.openai.ApiException;
import io.grevy.openai.JsonAnswer;
import io.grevy.security.Visit;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.function.BooleanSupplier;

/** Answers through Jakarta REST, which writes on the thread that resumes. */
final class AsyncReply implements Reply {

    private static final MediaType EVENTS = MediaType.SERVER_SENT_EVENTS_TYPE.withCharset("utf-8");
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;

    private final AsyncResponse response;
    private final BooleanSupplier clientIsThere;
    private final Visit visit;

    AsyncReply(AsyncResponse response, BooleanSupplier clientIsThere, Visit visit) {
        this.response = response;
        this.clientIsThere = clientIsThere;
        this.visit = visit;
    }

    @Override
    public Visit visit() {
        return visit;
    }

    @Override
    public void requireClient() {
        if (!clientIsThere.getAsBoolean()) {
            throw new ClientGoneException();
        }
        Deadlines.require(visit);
    }

    @Override
    public Generation attended(Generation generation) {
        return new AttendedGeneration(new NotedGeneration(generation, visit), this::requireClient);
    }

    @Override
    public void whole(JsonAnswer answer) {
        visit.settle();
        response.resume(Response.ok(answer, JSON).build());
    }

    @Override
    public void stream(Body body) {
        StreamingOutput output = body::writeTo;
        response.resume(Response.ok(output, EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no") // else nginx gathers events
                .build());
    }

    @Override
    public void fail(ApiException e) {
        visit.refused(e.code().wireName());
        visit.settle();
        response.resume(e);
    }
}
