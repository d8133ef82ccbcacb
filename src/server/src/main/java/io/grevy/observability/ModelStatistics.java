package io.grevy.observability;

import io.grevy.inference.Recorder;
import io.grevy.inference.Usage;
import io.grevy.model.ModelComponent;
import io.grevy.repository.ModelDefinition;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * One load's share in its model's metrics, which are labelled {@code model_name} and removed when the model unloads. Those that mean what vLLM's mean
 * bear vLLM's names, so that its dashboards show them. Thread-safe.
 */
@ModelComponent
final class ModelStatistics implements Recorder {

    private final MetricRegistry registry;
    private final ModelLoads loads;
    private final ModelLoads.Load load;
    private final Tag model;
    private final Timer timeToFirstToken;
    private final Timer timePerOutputToken;
    private final Timer endToEnd;
    private final Timer pictureEncoding;
    private final Counter picturesAskedFor;
    private final Counter picturesKnown;
    private final Counter promptTokens;
    private final Counter generationTokens;
    private final Histogram batchSize;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Counter> successes = new EnumMap<>(Outcome.class);

    @Inject
    ModelStatistics(MetricRegistry registry, ModelLoads loads, ModelDefinition definition) {
        this.registry = registry;
        this.loads = loads;
        this.load = loads.begin(definition.name());
        this.model = new Tag("model_name", definition.name());
        this.timeToFirstToken = timer("vllm:time_to_first_token", "From a request's arrival to its first token");
        this.timePerOutputToken = timer("vllm:time_per_output_token", "From one token of a request to the next");
        this.endToEnd = timer("vllm:e2e_request_latency", "From a request's arrival to its end");
        this.pictureEncoding = timer("grevy:picture_encode", "Encoding a picture, or what a request has of them");
        this.picturesAskedFor = counter("vllm:mm_cache_queries", "Pictures of requests to a model that keeps them");
        this.picturesKnown = counter("vllm:mm_cache_hits", "Those of them that were not encoded again");
        this.promptTokens = counter("vllm:prompt_tokens", "Tokens of prompts, those of pictures included");
        this.generationTokens = counter("vllm:generation_tokens", "Tokens generated");
        this.batchSize = registry.histogram(metadata("grevy:batch_size", "Requests in the engine at a step"), model);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, counter("grevy:requests", "Requests by what they came to", "outcome", outcome));
        }
        for (Outcome outcome : List.of(Outcome.STOP, Outcome.LENGTH)) {
            successes.put(
                    outcome,
                    counter(
                            "vllm:request_success",
                            "Requests that came to their end, by why",
                            "finished_reason",
                            outcome));
        }
        String name = definition.name();
        registry.gauge(
                metadata("vllm:kv_cache_usage_perc", "The part of the KV cache in use, 0 to 1"),
                () -> loads.cacheUsage(name),
                model);
        registry.gauge(
                metadata("grevy:picture_cache_bytes", "Bytes of encoded pictures that are kept"),
                () -> loads.pictureBytes(name),
                model);
        registry.gauge(
                metadata(
                        "grevy:picture_cache_active",
                        "1 where pictures are encoded beside the loop and kept, 0 where the engine encodes them itself"),
                () -> loads.picturesBeside(name) ? 1 : 0,
                model);
        registry.gauge(
                metadata("vllm:num_requests_running", "Requests that run"),
                () -> loads.sum(name, alive -> alive.running.getAsInt()),
                model);
        registry.gauge(
                metadata("vllm:num_requests_waiting", "Requests that wait"),
                () -> loads.sum(name, alive -> alive.waiting.getAsInt()),
                model);
    }

    @Override
    public void watch(IntSupplier running, IntSupplier waiting) {
        load.running = running;
        load.waiting = waiting;
    }

    @Override
    public void stepped(int requests, double cacheUsage) {
        load.cacheUsage = cacheUsage;
        if (requests > 0) {
            batchSize.update(requests);
        }
    }

    @Override
    public void picturesEncoded(Duration time) {
        pictureEncoding.update(time);
    }

    @Override
    public void picturesEncodedBeside(boolean beside) {
        load.picturesBeside = beside;
    }

    @Override
    public void pictureAskedFor(boolean known) {
        picturesAskedFor.inc();
        if (known) {
            picturesKnown.inc();
        }
    }

    @Override
    public void picturesKept(long bytes) {
        load.pictureBytes = bytes;
    }

    @Override
    public void firstToken(Duration sinceArrival) {
        timeToFirstToken.update(sinceArrival);
    }

    @Override
    public void laterToken(Duration sinceLast) {
        timePerOutputToken.update(sinceLast);
    }

    @Override
    public void ended(Outcome outcome, Usage usage, Duration sinceArrival) {
        counterOf(outcome).inc();
        Counter success = successes.get(outcome);
        if (success != null) {
            success.inc();
        }
        promptTokens.inc(usage.promptTokens());
        generationTokens.inc(usage.completionTokens());
        if (outcome != Outcome.REJECTED) {
            endToEnd.update(sinceArrival);
        }
    }

    @PreDestroy
    void remove() {
        loads.end(
                model.getTagValue(),
                load,
                () -> registry.removeMatching(
                        (id, metric) -> model.getTagValue().equals(id.getTags().get(model.getTagName()))));
    }

    private Counter counterOf(Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + outcome);
        }
        return counter;
    }

    private Timer timer(String name, String description) {
        return registry.timer(metadata(name, description), model);
    }

    private Counter counter(String name, String description) {
        return registry.counter(metadata(name, description), model);
    }

    private Counter counter(String name, String description, String label, Outcome outcome) {
        Tag tag = new Tag(label, outcome.name().toLowerCase(Locale.ROOT));
        return registry.counter(metadata(name, description), model, tag);
    }

    private static Metadata metadata(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
