package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.ModelDefinition;
import io.grevy.repository.RepositoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model that is unloaded for want of requests, and what the next ones find. */
@Timeout(60)
class RestingModelTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedConfiguration configuration = new ScriptedConfiguration();
    private final List<ScriptedEngine> engines = new CopyOnWriteArrayList<>();
    private final ModelRegistry registry = new ModelRegistry(configuration, this::create, LONG);
    private volatile ModelPreparation preparation = progress -> definition();
    private volatile Consumer<ModelInstance> creating = instance -> {};

    private LoadedModel create(ModelInstance instance) {
        creating.accept(instance);
        ScriptedEngine engine = new ScriptedEngine(1);
        engines.add(engine);
        return engine.model(instance.definition(), 2);
    }

    private static ModelDefinition definition() {
        return ScriptedEngine.definition("m");
    }

    @BeforeEach
    void load() throws Exception {
        configuration.put("m", "a", progress -> preparation.prepare(progress));
        registry.start();
        registry.awaitLoads();
    }

    @AfterEach
    void stop() {
        registry.stop();
    }

    @Test
    void isUnloadedAndStillServed() throws Exception {
        rest();

        ModelStatus status = status();
        assertThat(engines.get(0).closed).isTrue();
        assertThat(status.state()).isEqualTo(ModelState.END);
        assertThat(status.detail()).contains("unloaded after 0 s without a request; the next one loads it");
        assertThat(status.error()).isEmpty();
        assertThat(status.resting()).isTrue();
        assertThat(status.ready()).isTrue();
        assertThat(registry.ready()).isTrue();
        assertThat(registry.find("m").name()).isEqualTo("m");
    }

    @Test
    void isNotUnloadedWhileARequestRuns() throws Exception {
        try (Place place = registry.find("m").admit()) {
            rest();

            assertThat(status().state()).isEqualTo(ModelState.AVAILABLE);
            assertThat(place.awaitTurn(LONG)).isTrue();
        }
        rest();
        assertThat(status().state()).isEqualTo(ModelState.END);
    }

    @Test
    void isNotUnloadedBeforeItsTime() throws Exception {
        registry.restUnused(Duration.ofDays(1));
        registry.awaitLoads();

        assertThat(status().state()).isEqualTo(ModelState.AVAILABLE);
    }

    @Test
    void comesBackOnceForAllRequestsThatWait() throws Exception {
        rest();
        Gate gate = new Gate();
        creating = instance -> gate.passUninterruptibly();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            places.add(registry.find("m").admit());
        }
        gate.awaitReached();

        assertThat(status().state()).isEqualTo(ModelState.LOADING);
        assertThat(status().resting()).isTrue();
        assertThat(places.get(0).awaitTurn(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(() -> registry.find("m").admit())
                .isInstanceOf(QueueFullException.class)
                .hasMessage("3 requests wait for this model to be loaded; no more may wait.");

        gate.open();
        for (Place place : places) { // each after the one before
            assertThat(place.awaitTurn(LONG)).isTrue();
            place.close();
        }
        assertThat(engines).hasSize(2);
        assertThat(status().state()).isEqualTo(ModelState.AVAILABLE);
        assertThat(status().resting()).isFalse();
    }

    @Test
    void aRequestThatGoesMeanwhileLeavesItsPlace() throws Exception {
        rest();
        Gate gate = new Gate();
        creating = instance -> gate.passUninterruptibly();
        Place gone = registry.find("m").admit();
        Place stays = registry.find("m").admit();
        gate.awaitReached();

        gone.close();
        gate.open();

        assertThat(stays.awaitTurn(LONG)).isTrue();
        stays.close();
        gone.close();
        try (Place next = registry.find("m").admit()) {
            assertThat(next.awaitTurn(LONG)).isTrue();
        }
    }

    @Test
    void whoWaitsGetsTheErrorOfALoadThatFails() throws Exception {
        rest();
        preparation = progress -> {
            throw new RepositoryException("/models/a: no such folder");
        };

        Place place = registry.find("m").admit();

        assertThatThrownBy(() -> place.awaitTurn(LONG))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessage("The model 'm' failed to load: /models/a: no such folder");
        place.close();
        assertThat(status().state()).isEqualTo(ModelState.LOADING);
        assertThat(status().error()).contains("/models/a: no such folder");
        assertThat(registry.statuses().get(0).ready()).isFalse();

        preparation = progress -> definition();
        assertThat(registry.reload()).isTrue(); // forgets the pause
        try (Place again = registry.find("m").admit()) {
            assertThat(again.awaitTurn(LONG)).isTrue();
        }
        assertThat(status().error()).isEmpty();
    }

    @Test
    void whoWaitsIsTurnedAwayWhenTheModelIsRemoved() throws Exception {
        rest();
        Gate gate = new Gate();
        creating = instance -> gate.passUninterruptibly();
        Place place = registry.find("m").admit();
        gate.awaitReached();

        configuration.remove("m");
        registry.follow();

        assertThatThrownBy(() -> place.awaitTurn(LONG)).hasMessage("The model is being unloaded.");
        place.close();
        gate.open();
        registry.awaitLoads();
    }

    @Test
    void comesBackFromWhereItLiesByThen() throws Exception {
        rest();
        configuration.put("m", "b");

        assertThat(registry.reload()).isTrue();
        assertThat(status().state()).as("nobody wants it yet").isEqualTo(ModelState.END);

        try (Place place = registry.find("m").admit()) {
            assertThat(place.awaitTurn(LONG)).isTrue();
        }
        assertThat(registry.reload()).isFalse();
    }

    private void rest() throws InterruptedException {
        registry.restUnused(Duration.ZERO);
        registry.awaitLoads();
    }

    private ModelStatus status() {
        return registry.statuses().get(0);
    }
}
