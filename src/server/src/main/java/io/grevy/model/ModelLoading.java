package io.grevy.model;

import java.time.Duration;
import java.util.function.Function;

/**
 * How models are loaded and unloaded.
 *
 * @param create makes a model's beans; called on the loader's thread
 * @param drain how long an unloading model's requests may go on
 */
record ModelLoading(ModelThreads threads, Function<ModelInstance, LoadedModel> create, Duration drain) {}
