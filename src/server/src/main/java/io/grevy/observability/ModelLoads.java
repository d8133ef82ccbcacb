package io.grevy.observability;

import io.grevy.component.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The loads of each model name that are alive: two while a model is being replaced. They share the model's metrics,
 * which go with the last of them. Thread-safe; the lock is this object.
 */
@Component
class ModelLoads {

    private final Map<String, List<Load>> loads = new HashMap<>();

    /** What a load's gauges read. */
    static final class Load {
        volatile double cacheUsage;
        volatile boolean picturesBeside;
        volatile long pictureBytes;
        volatile IntSupplier running = () -> 0;
        volatile IntSupplier waiting = () -> 0;
    }

    /** To be called before the metrics of the load are made. */
    synchronized Load begin(String model) {
        Load load = new Load();
        loads.computeIfAbsent(model, name -> new CopyOnWriteArrayList<>()).add(load);
        return load;
    }

    /** @param removeMetrics is run if it was the last of its name */
    synchronized void end(String model, Load load, Runnable removeMetrics) {
        List<Load> alive = of(model);
        alive.remove(load);
        if (alive.isEmpty()) {
            loads.remove(model);
            removeMetrics.run();
        }
    }

    int sum(String model, ToIntFunction<Load> value) {
        return of(model).stream().mapToInt(value).sum();
    }

    long pictureBytes(String model) {
        return of(model).stream().mapToLong(load -> load.pictureBytes).sum();
    }

    /** Whether the newest load, which is to take all requests, encodes pictures beside its loop. */
    boolean picturesBeside(String model) {
        List<Load> alive = of(model);
        return !alive.isEmpty() && alive.get(alive.size() - 1).picturesBeside;
    }

    /** Of the newest load, which is to take all requests. */
    double cacheUsage(String model) {
        List<Load> alive = of(model);
        return alive.isEmpty() ? 0 : alive.get(alive.size() - 1).cacheUsage;
    }

    private synchronized List<Load> of(String model) {
        return loads.getOrDefault(model, List.of());
    }
}
