package io.grevy.openai.chat;

import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.Generation;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.ModelTokenizer;
import io.grevy.inference.RefusedRequestException;
import io.grevy.model.ModelUnavailableException;
import io.grevy.model.Models;
import io.grevy.model.Place;
import io.grevy.model.QueueFullException;
import io.grevy.model.ServedModel;
import io.grevy.model.UnknownModelException;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.ModelLookup;
import java.time.Duration;
import java.util.Optional;

/** The steps towards a generation, each with its refusals as errors for the client. */
public final class ModelSteps {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private ModelSteps() {}

    public static ServedModel find(Models models, String name) {
        try {
            return models.find(name);
        } catch (UnknownModelException e) {
            throw ModelLookup.notFound(name);
        } catch (ModelUnavailableException e) {
            throw unavailable(e);
        }
    }

    public static Place admit(ServedModel model) {
        try {
            return model.admit();
        } catch (QueueFullException e) {
            throw ApiException.retryAfter(PAUSE, ErrorCode.QUEUE_FULL, String.valueOf(e.getMessage()));
        } catch (ModelUnavailableException e) {
            throw unavailable(e);
        }
    }

    /** @throws ClientGoneException if nobody waits for the answer any more */
    static void awaitTurn(Place place, Reply reply) throws InterruptedException {
        try {
            while (!place.awaitTurn(ConnectionTable.MAX_AGE)) {
                reply.requireClient();
            }
        } catch (ClientGoneException e) {
            place.abandon();
            throw e;
        } catch (ModelUnavailableException e) {
            throw unavailable(e);
        }
    }

    /** The tokenizer of the place's model, as soon as that is there. */
    public static ModelTokenizer tokenizer(Place place, Reply reply) throws InterruptedException {
        try {
            Optional<ModelTokenizer> tokenizer = Optional.empty();
            while (tokenizer.isEmpty()) {
                reply.requireClient();
                tokenizer = place.tokenizer(ConnectionTable.MAX_AGE);
            }
            return tokenizer.get();
        } catch (ModelUnavailableException e) {
            throw unavailable(e);
        }
    }

    public static Generation start(Place place, InferenceRequest request) {
        try {
            return place.start(request);
        } catch (RefusedRequestException e) {
            throw ApiException.at(e.field(), codeOf(e.reason()), String.valueOf(e.getMessage()));
        } catch (EngineUnavailableException e) {
            throw unavailable(e);
        }
    }

    public static ApiException unavailable(Exception e) {
        return ModelLookup.unavailable(String.valueOf(e.getMessage()));
    }

    private static ErrorCode codeOf(RefusedRequestException.Reason reason) {
        return switch (reason) {
            case CONTEXT_LENGTH_EXCEEDED -> ErrorCode.CONTEXT_LENGTH_EXCEEDED;
            case RESERVED_TEXT -> ErrorCode.RESERVED_TEXT;
            case PICTURES_NOT_SUPPORTED -> ErrorCode.IMAGE_INPUT_NOT_SUPPORTED;
            case VIDEOS_NOT_SUPPORTED -> ErrorCode.VIDEO_INPUT_NOT_SUPPORTED;
            case CHAT_TEMPLATE -> ErrorCode.CHAT_TEMPLATE_REFUSED;
            case NOT_SUPPORTED -> ErrorCode.UNSUPPORTED_PARAMETER;
            case INVALID_VALUE -> ErrorCode.INVALID_VALUE;
            case ENGINE -> ErrorCode.REFUSED_BY_ENGINE;
        };
    }
}
