package io.grevy.openai.chat;

import io.grevy.image.PictureLoader;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.RefusedRequestException;
import io.grevy.openai.ApiException;
import io.grevy.openai.JsonAnswer;
import io.grevy.security.Quotas;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One exchange over any path with a model that tells a prepared list of events, and what its client gets. */
public final class ScriptedExchange {

    /** The model's name. */
    public static final String MODEL = ScriptedModels.NAME;

    private static final ChatSettings SETTINGS = Samples.chatSettings(Map.of());

    private final ScriptedModels models;
    private Optional<JsonObject> whole = Optional.empty();
    private Optional<String> streamed = Optional.empty();
    private Optional<ApiException> failure = Optional.empty();

    private ScriptedExchange(ScriptedModels models) {
        this.models = models;
    }

    public static PictureReader pictures() {
        return new PictureReader(new PictureLoader(SETTINGS.pictures()), SETTINGS);
    }

    /** A PNG of one colour as a data URI. */
    public static String picture(int width, int height, int rgb) {
        return Samples.picture(width, height, rgb);
    }

    /** @param reader makes a request of a body */
    public static ScriptedExchange of(
            BiFunction<byte[], PicturePool, GenerationRequest> reader, String body, GenerationEvent... events) {
        return new ScriptedExchange(new ScriptedModels(events)).run(reader, body);
    }

    /** The same with a model that refuses. */
    public static ScriptedExchange refused(
            BiFunction<byte[], PicturePool, GenerationRequest> reader, String body, RefusedRequestException refusal) {
        ScriptedModels models = new ScriptedModels();
        models.refusal = Optional.of(refusal);
        return new ScriptedExchange(models).run(reader, body);
    }

    private ScriptedExchange run(BiFunction<byte[], PicturePool, GenerationRequest> reader, String body) {
        PicturePool pictures = new PicturePool(new PictureLoader(SETTINGS.pictures()));
        Exchanges exchanges = new Exchanges(
                models,
                new Intake(SETTINGS),
                new BodyBudget(SETTINGS),
                new ChatThreads(SETTINGS),
                new RunningAnswers(),
                Quotas.none(),
                SETTINGS);
        GenerationEndpoint endpoint = new GenerationEndpoint(exchanges, bytes -> reader.apply(bytes, pictures));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        new Exchange<>(exchanges, endpoint, "req", new ByteArrayInputStream(bytes), new Client()).run();
        pictures.close();
        return this;
    }

    public JsonObject whole() {
        return whole.orElseThrow();
    }

    public String streamed() {
        return streamed.orElseThrow();
    }

    public ApiException failure() {
        return failure.orElseThrow();
    }

    /** What the engine was asked. */
    public InferenceRequest asked() {
        return models.started.get(0);
    }

    private final class Client implements Reply {

        @Override
        public void whole(JsonAnswer answer) {
            whole = Optional.of(answer.toJson());
        }

        @Override
        public void stream(Body body) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                body.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            streamed = Optional.of(out.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void fail(ApiException e) {
            failure = Optional.of(e);
        }
    }
}
