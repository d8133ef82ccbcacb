package io.grevy.engine;

import io.grevy.inference.Recorder;
import io.grevy.inference.Usage;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Nobody asks for statistics. */
final class Unrecorded implements Recorder {

    @Override
    public void watch(IntSupplier running, IntSupplier waiting) {}

    @Override
    public void stepped(int requests, double cacheUsage) {}

    @Override
    public void picturesEncoded(Duration time) {}

    @Override
    public void firstToken(Duration sinceArrival) {}

    @Override
    public void laterToken(Duration sinceLast) {}

    @Override
    public void ended(Outcome outcome, Usage usage, Duration sinceArrival) {}
}
