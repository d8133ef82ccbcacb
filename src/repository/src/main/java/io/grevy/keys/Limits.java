package io.grevy.keys;

import java.util.OptionalLong;

/**
 * How much a tenant may use. What is absent is not limited.
 *
 * @param requests per minute
 * @param promptTokens per minute
 * @param generatedTokens per minute
 * @param pictures per minute; a video is one
 * @param concurrent how many requests at one time, those that wait included
 */
public record Limits(
        OptionalLong requests,
        OptionalLong promptTokens,
        OptionalLong generatedTokens,
        OptionalLong pictures,
        OptionalLong concurrent) {

    public static Limits none() {
        OptionalLong none = OptionalLong.empty();
        return new Limits(none, none, none, none, none);
    }
}
