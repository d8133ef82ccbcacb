package io.grevy.openai.access;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where requests bring their keys: as OpenAI's clients do, or as Anthropic's. */
final class Credentials {

    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /** @param headers the value of a header, or null */
    static Optional<String> in(UnaryOperator<@Nullable String> headers) {
        String authorization = headers.apply("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return present(authorization.substring(BEARER.length()));
        }
        String key = headers.apply("x-api-key");
        return key == null ? Optional.empty() : present(key);
    }

    private static Optional<String> present(String text) {
        String key = text.strip();
        return key.isEmpty() ? Optional.empty() : Optional.of(key);
    }
}
