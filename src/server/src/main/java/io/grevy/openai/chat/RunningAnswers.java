package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.inference.Generation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The answers under way, by their ids, so that they can be cancelled. Thread-safe. */
@Component
public class RunningAnswers {

    private final Map<String, Generation> running = new ConcurrentHashMap<>();

    /** Lists an answer until the entry is closed. */
    Entry enter(String id, Generation generation) {
        running.put(id, generation);
        return () -> running.remove(id);
    }

    /**
     * Ends an answer; who reads it learns of that.
     *
     * @return whether it was under way
     */
    public boolean cancel(String id) {
        Generation generation = running.get(id);
        if (generation == null) {
            return false;
        }
        generation.close();
        return true;
    }

    /** An answer that is listed. */
    interface Entry extends AutoCloseable {

        @Override
        void close();
    }
}
