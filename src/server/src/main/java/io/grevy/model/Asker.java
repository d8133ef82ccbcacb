package io.grevy.model;

/**
 * Whose request it is, where several wait for a model.
 *
 * @param tenant whom turns are shared out among
 * @param priority the higher one's requests run first
 */
public record Asker(String tenant, int priority) {

    /** Where nobody is told from anybody else. */
    public static final Asker ANYBODY = new Asker("", 0);
}
