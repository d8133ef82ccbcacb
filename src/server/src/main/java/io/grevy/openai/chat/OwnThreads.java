package io.grevy.openai.chat;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Platform threads of our own: native calls would pin virtual ones. Named, and with this application's class loader. */
final class OwnThreads implements ThreadFactory {

    private final String name;
    private final AtomicLong count = new AtomicLong();

    OwnThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(OwnThreads.class.getClassLoader());
        return thread;
    }
}
