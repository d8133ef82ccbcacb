package io.grevy.model;

import io.grevy.repository.ModelDefinition;
import java.util.function.Consumer;

/**
 * The first step of loading a model: gets what is missing, and says what is to be loaded. A model of a folder is
 * described, as the folder is now; one of a hub is pulled first.
 */
@FunctionalInterface
public interface ModelPreparation {

    /**
     * Called for each load anew, on the thread that loads models; it may take long, and an interrupt is to end it soon.
     *
     * @param progress takes what is being done, in a line for people, whenever that changes; it is shown in
     *     {@code /v1/config} while the model is LOADING
     * @throws io.grevy.repository.RepositoryException if the model cannot be served; the message is for the operator
     * @throws InterruptedException if the model is not wanted any more
     */
    ModelDefinition prepare(Consumer<String> progress) throws InterruptedException;
}
