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
import io.grevy.security.Visit;
import java.time.Duration;
import java.util.Optional;

/** The steps towards a generation, each with its refusals as errors for the client. */
public final class ModelSteps {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private ModelSteps() {}

    /** @param visit whoever asks; a model that it may not ask does not exist for it */
    public static ServedModel find(Models models, String name, Visit visit) {
        if (!visit.grant().models().allow(name)) {
            throw ModelLookup.notFound(name);
        }
        try {
            ServedModel model = models.find(name);
            visit.model(name);
            return model;
        } catch (UnknownModelException e) {
            throw ModelLookup.notFound(name);
        } catch (ModelUnavailableException e) {
            throw unavailable(e);
        }
    }

    public static Place admit(ServedModel model, Visit visit) {
        try {
            return model.admit(visit.asker());
        } catch (QueueFullException e) {
            throw full(e);
        } catch (ModelUnavailableException e) {
            throw unavailable(e);
        }
    }

    private static ApiException full(QueueFullException e) {
        return ApiException.retryAfter(PAUSE, ErrorCode.QUEUE_FULL, String.valueOf(e.getMessage()));
    }

    /**
     * @throws ClientGoneException if nobody waits for the answer any more
     * @throws ApiException DEADLINE_EXCEEDED if the request's time is up, QUEUE_FULL if it had to make room
     */
    static void awaitTurn(Place place, Reply reply) throws InterruptedException {
        try {
            while (!place.awaitTurn(ConnectionTable.MAX_AGE)) {
                reply.requireClient();
            }
            reply.visit().turnCame();
        } catch (ClientGoneException | ApiException e) {
            place.abandon();
            throw e;
        } catch (QueueFullException e) {
            throw full(e);
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
