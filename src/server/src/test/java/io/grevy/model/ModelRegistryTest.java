package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.RepositoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelRegistryTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedConfiguration configuration = new ScriptedConfiguration();
    private final List<ScriptedEngine> engines = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Consumer<ModelInstance> creating = instance -> {};
    private final ModelRegistry registry = new ModelRegistry(configuration, this::create, LONG);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
        registry.stop();
    }

    private LoadedModel create(ModelInstance instance) {
        creating.accept(instance);
        ScriptedEngine engine = new ScriptedEngine(1);
        engines.add(engine);
        return engine.model(instance.definition(), 2);
    }

    @Test
    void addsAModelWhileOthersServe() throws Exception {
        configuration.put("one", "a");
        start();
        try (Place running = runningAt("one")) {
            configuration.put("two", "b");

            assertThat(registry.reload()).isTrue();

            assertThat(states()).containsExactly("one AVAILABLE", "two AVAILABLE");
            assertThat(registry.find("two").name()).isEqualTo("two");
            assertThat(running.awaitTurn(LONG)).isTrue();
            assertThat(engines).hasSize(2);
        }
        assertThat(registry.reload()).as("there is nothing more to do").isFalse();
    }

    @Test
    void aRemovedModelIsUnknownAtOnceAndUnloadsWhenItsLastRequestHasEnded() throws Exception {
        configuration.put("stays", "a");
        configuration.put("goes", "b");
        start();
        Place running = runningAt("goes");

        configuration.remove("goes");
        assertThat(registry.reload()).isTrue();

        assertThatThrownBy(() -> registry.find("goes")).isInstanceOf(UnknownModelException.class);
        await(() -> states().contains("goes UNLOADING"));
        assertThat(engines.get(1).closed).isFalse();
        assertThat(running.awaitTurn(LONG)).isTrue();

        running.close();

        await(() -> engines.get(1).closed && states().equals(List.of("stays AVAILABLE")));
        assertThat(engines.get(0).closed).isFalse();
    }

    @Test
    void aModelThatIsReplacedServesUntilTheNewOneIsThere() throws Exception {
        Gate gate = new Gate();
        configuration.put("m", "a");
        start();
        Place before = runningAt("m");
        ServedModel found = registry.find("m");

        configuration.putGated("m", "b", gate);
        registry.follow();
        gate.awaitReached();

        assertThat(states()).containsExactly("m AVAILABLE", "m LOADING");
        assertThat(registry.ready()).isTrue();
        try (Place meanwhile = found.admit()) {
            assertThat(engines).hasSize(1);
            assertThat(meanwhile.awaitTurn(Duration.ZERO)).isFalse();

            gate.open();
            registry.reload();
            await(() -> states().equals(List.of("m AVAILABLE", "m UNLOADING")));
            try (Place after = found.admit()) {
                assertThat(after.awaitTurn(LONG)).as("the new one is free").isTrue();
            }
            before.close();
            assertThat(meanwhile.awaitTurn(LONG))
                    .as("who waited there gets a turn there")
                    .isTrue();
            assertThat(engines.get(0).closed).isFalse();
        }
        await(() -> engines.get(0).closed && states().equals(List.of("m AVAILABLE")));
        assertThat(engines.get(1).closed).isFalse();
    }

    @Test
    void aReplacementThatDoesNotLoadLeavesTheOldOneServing() throws Exception {
        configuration.put("m", "a");
        start();

        configuration.putFailing("m", "b", "/models/b: no such folder");
        assertThat(registry.reload()).isTrue();

        assertThat(states()).containsExactly("m AVAILABLE", "m LOADING: /models/b: no such folder");
        assertThat(registry.ready()).isTrue();
        runningAt("m").close();

        configuration.put("m", "c");
        registry.reload();

        await(() -> states().equals(List.of("m AVAILABLE")));
        assertThat(engines).hasSize(2);
    }

    @Test
    void aModelThatDoesNotLoadDoesNotDisturbTheRest() throws Exception {
        configuration.put("good", "a");
        start();

        configuration.putFailing("bad", "b", "/models/b: no such folder");
        configuration.put("late", "c");
        assertThat(registry.reload()).isTrue();

        assertThat(states())
                .containsExactly("good AVAILABLE", "bad LOADING: /models/b: no such folder", "late AVAILABLE");
        assertThat(registry.ready()).isTrue();
        assertThatThrownBy(() -> registry.find("bad"))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessage("The model 'bad' failed to load: /models/b: no such folder");
    }

    @Test
    void isNotReadyBeforeTheModelsOfTheStartWereAvailable() throws Exception {
        configuration.put("good", "a");
        configuration.putFailing("bad", "b", "no such folder");
        start();
        assertThat(registry.attempted()).isTrue();
        assertThat(registry.ready()).isFalse();

        configuration.put("bad", "c");
        registry.reload();

        assertThat(registry.ready()).isTrue();
    }

    @Test
    void isNotReadyWithoutAModel() throws Exception {
        start();
        assertThat(registry.attempted()).isTrue();
        assertThat(registry.ready()).isFalse();

        configuration.put("first", "a");
        assertThat(registry.reload()).isTrue();

        assertThat(registry.ready()).isTrue();
    }

    @Test
    void aConfigurationThatIsWrongChangesNothing() throws Exception {
        configuration.put("m", "a");
        start();

        configuration.breakWith("/config.json:1:1: not valid JSON");
        configuration.remove("m");
        registry.follow();

        assertThatThrownBy(registry::reload).isInstanceOf(RepositoryException.class);
        assertThat(registry.problem()).contains("/config.json:1:1: not valid JSON");
        assertThat(states()).containsExactly("m AVAILABLE");

        configuration.mend();
        configuration.put("m", "a");

        assertThat(registry.reload()).isFalse();
        assertThat(registry.problem()).isEmpty();
    }

    @Test
    void filesThatHaveChangedAreTakenUpWhenTheyHaveSettled() throws Exception {
        configuration.put("m", "a");
        start();

        configuration.files("m", "half");
        registry.follow();
        configuration.files("m", "whole");
        registry.follow();
        registry.reload(); // waits for loads; sees the change too
        assertThat(engines).hasSize(2);

        configuration.files("m", "again");
        registry.follow();
        awaitLoads();
        assertThat(engines).as("seen once").hasSize(2);
        registry.follow();
        awaitLoads();
        assertThat(engines).as("seen twice").hasSize(3);
        registry.follow();
        registry.follow();
        awaitLoads();
        assertThat(engines).as("and not once more").hasSize(3);
    }

    @Test
    void aModelThatDidNotLoadIsTriedAgainWhenToldOrWhenItsFilesChange() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        configuration.put("m", "a", progress -> {
            tries.incrementAndGet();
            throw new RepositoryException("not yet");
        });
        start();
        assertThat(tries).hasValue(1);

        registry.follow();
        registry.follow();
        awaitLoads();
        assertThat(tries).as("nothing has changed").hasValue(1);

        assertThat(registry.reload()).isTrue();
        assertThat(tries).hasValue(2);

        configuration.files("m", "more");
        registry.follow();
        registry.follow();
        awaitLoads();
        assertThat(tries).hasValue(3);
    }

    @Test
    void isPreparedAgainWhenItsFilesChangeMeanwhile() throws Exception {
        AtomicInteger prepared = new AtomicInteger();
        configuration.put("m", "a", progress -> {
            configuration.files("m", "written by the first preparation");
            prepared.incrementAndGet();
            return ScriptedEngine.definition("m");
        });

        start();

        assertThat(prepared).hasValue(2);
        assertThat(registry.reload()).as("that is what was loaded").isFalse();
    }

    @Test
    void aModelThatIsRemovedWhileItIsPreparedIsGivenUp() throws Exception {
        Gate gate = new Gate();
        configuration.put("stays", "a");
        start();
        configuration.putGated("goes", "b", gate);
        registry.follow();
        gate.awaitReached();
        assertThat(states()).containsExactly("stays AVAILABLE", "goes LOADING");

        configuration.remove("goes");
        registry.follow();

        awaitLoads();
        assertThat(states()).containsExactly("stays AVAILABLE");
        assertThat(engines).hasSize(1);
    }

    @Test
    void aModelThatIsRemovedWhileItLoadsIsUnloadedAfterIt() throws Exception {
        Gate gate = new Gate();
        start();
        configuration.put("m", "a");
        creating = instance -> gate.passUninterruptibly();
        registry.follow();
        gate.awaitReached();

        configuration.remove("m");
        registry.follow();
        assertThatThrownBy(() -> registry.find("m")).isInstanceOf(UnknownModelException.class);
        assertThat(states()).containsExactly("m LOADING");
        gate.open();

        await(() -> engines.size() == 1 && engines.get(0).closed && states().isEmpty());
    }

    @Test
    void aModelThatMovesWhileItIsPreparedIsLoadedFromWhereItIsNow() throws Exception {
        Gate gate = new Gate();
        start();
        configuration.putGated("m", "a", gate);
        registry.follow();
        gate.awaitReached();

        configuration.put("m", "b");
        registry.follow();
        awaitLoads();

        assertThat(states()).containsExactly("m AVAILABLE");
        assertThat(engines).hasSize(1);
    }

    @Test
    void aModelMayComeBackWhileItsPredecessorStillDrains() throws Exception {
        configuration.put("m", "a");
        start();
        Place running = runningAt("m");
        configuration.remove("m");
        registry.reload();

        configuration.put("m", "a");
        registry.reload();

        await(() -> states().equals(List.of("m AVAILABLE", "m UNLOADING")));
        runningAt("m").close();
        running.close();
        await(() -> states().equals(List.of("m AVAILABLE")));
        assertThat(engines.get(1).closed).isFalse();
    }

    @Test
    void loadsOneModelAfterTheOther() throws Exception {
        AtomicInteger loading = new AtomicInteger();
        AtomicBoolean several = new AtomicBoolean();
        creating = instance -> {
            several.compareAndSet(false, loading.incrementAndGet() > 1);
            Thread.yield();
            loading.decrementAndGet();
        };
        for (int i = 0; i < 20; i++) {
            configuration.put("m" + i, "a");
        }

        start();

        assertThat(engines).hasSize(20);
        assertThat(several).isFalse();
    }

    @Test
    void stoppingDrainsTheModelsAndGivesUpWhatIsPrepared() throws Exception {
        Gate gate = new Gate();
        configuration.put("one", "a");
        start();
        Place running = runningAt("one");
        configuration.putGated("two", "b", gate);
        registry.follow();
        gate.awaitReached();

        Future<?> stopping = threads.submit(() -> registry.stop());
        await(() -> states().contains("one UNLOADING"));
        assertThat(registry.ready()).isFalse();
        assertThatThrownBy(() -> registry.find("one")).isInstanceOf(ModelUnavailableException.class);
        running.close();
        stopping.get(20, TimeUnit.SECONDS);

        assertThat(engines)
                .singleElement()
                .satisfies(engine -> assertThat(engine.closed).isTrue());
    }

    @Test
    void noRequestFailsWhileItsModelIsReplacedOrComesToRestAgainAndAgain() throws Exception {
        configuration.put("m", "0");
        configuration.put("stays", "a");
        start();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) { // as many as one model holds
            String model = i == 0 ? "stays" : "m";
            clients.add(threads.submit(() -> {
                while (!done.get()) {
                    try (Place place = registry.find(model).admit()) {
                        while (!place.awaitTurn(Duration.ofMillis(100))) {
                            Thread.yield();
                        }
                        served.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (int i = 1; i <= 200; i++) {
            configuration.put("m", String.valueOf(i));
            registry.reload();
            registry.restUnused(Duration.ZERO);
        }
        done.set(true);
        for (Future<?> client : clients) {
            client.get(20, TimeUnit.SECONDS);
        }

        assertThat(served.get()).isPositive();
        await(() -> states().stream().noneMatch(state -> state.contains("UNLOADING")));
        assertThat(engines.stream().filter(engine -> !engine.closed)).hasSizeLessThanOrEqualTo(2);
    }

    private void start() throws InterruptedException {
        registry.start();
        awaitLoads();
    }

    private void awaitLoads() throws InterruptedException {
        registry.awaitLoads();
    }

    private Place runningAt(String name) throws Exception {
        Place place = registry.find(name).admit();
        assertThat(place.awaitTurn(LONG)).isTrue();
        return place;
    }

    private List<String> states() {
        return registry.statuses().stream()
                .map(status -> status.name() + " " + status.state()
                        + status.error().map(error -> ": " + error).orElse(""))
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come about").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
