package io.grevy.openai;

import io.grevy.keys.Grant;
import io.grevy.model.ModelStatus;
import io.grevy.model.Models;
import java.time.Duration;

/** The errors of asking for a model. */
public final class ModelLookup {

    /** What a client is asked to wait for a model that loads. */
    private static final Duration LOADING = Duration.ofSeconds(5);

    private static final int LONGEST_ECHO = 200;

    private ModelLookup() {}

    /** @throws ApiException MODEL_NOT_FOUND */
    static ModelStatus status(Models models, String name, Grant caller) {
        return models.statuses().stream()
                .filter(status -> caller.models().allow(status.name()))
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound(name));
    }

    public static ApiException notFound(String name) {
        String shown = name.length() <= LONGEST_ECHO ? name : name.substring(0, LONGEST_ECHO) + "…";
        return ApiException.at("model", ErrorCode.MODEL_NOT_FOUND, "The model '" + shown + "' does not exist.");
    }

    public static ApiException unavailable(String message) {
        return ApiException.retryAfter(LOADING, ErrorCode.MODEL_UNAVAILABLE, message);
    }
}
