package io.grevy.repository;

import java.util.OptionalInt;

/**
 * What a model's folder says about it.
 *
 * @param modelType the {@code model_type} of its config.json, such as {@code internvl_chat}
 * @param vision whether it takes pictures
 * @param contextLength the most tokens of prompt and answer together; empty where config.json does not say
 */
public record ModelFacts(String modelType, boolean vision, OptionalInt contextLength) {}
