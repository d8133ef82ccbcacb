package io.grevy.repository;

import java.util.OptionalInt;

/**
 * What a model's folder or file says about it.
 *
 * @param modelType the {@code model_type} of its config.json, such as {@code internvl_chat}; of a GGUF file, its
 *     architecture
 * @param vision whether it takes pictures
 * @param contextLength the most tokens of prompt and answer together; empty where nothing says so
 */
public record ModelFacts(String modelType, boolean vision, OptionalInt contextLength) {}
