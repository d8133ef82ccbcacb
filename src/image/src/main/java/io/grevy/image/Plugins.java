package io.grevy.image;

/**
 * Runs ImageIO code such that it finds no plugin.
 *
 * <p>The first use of ImageIO's registry, by us or by a reader that looks for another one, registers all
 * plugins that the thread's context class loader sees, for the whole server. With the platform's loader in
 * that place it sees none of the application's.
 */
final class Plugins {

    private Plugins() {}

    /** Something that may fail in one way. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static <T, E extends Exception> T hidden(Work<T, E> work) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
