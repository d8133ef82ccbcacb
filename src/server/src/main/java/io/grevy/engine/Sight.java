package io.grevy.engine;

/**
 * What a model sees.
 *
 * @param model its name, for messages
 * @param pictures whether it takes pictures
 * @param videos where it takes videos
 */
record Sight(String model, boolean pictures, VideoOrder videos) {

    static Sight none(String model) {
        return new Sight(model, false, VideoOrder.NONE);
    }
}
