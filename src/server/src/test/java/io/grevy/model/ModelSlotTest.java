package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.RepositoryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelSlotTest {

    private final ExecutorService loader = Executors.newSingleThreadExecutor();
    private final ScriptedEngine engine = new ScriptedEngine(1);
    private final Function<ModelInstance, LoadedModel> create = instance -> engine.model(instance.definition(), 0);

    @AfterEach
    void endThread() {
        loader.shutdownNow();
    }

    @Test
    void showsWhatItsPreparationDoesUntilItIsAvailable() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ModelSlot slot = new ModelSlot("m", progress -> {
            progress.accept("pulling 1 of 2 files");
            told.countDown();
            goOn.await();
            return ScriptedEngine.definition("m");
        });
        assertThat(slot.status().state()).isEqualTo(ModelState.START);

        Future<?> loading = loader.submit(() -> slot.load(create));
        await(told);

        assertThat(slot.status().state()).isEqualTo(ModelState.LOADING);
        assertThat(slot.status().detail()).contains("pulling 1 of 2 files");
        assertThat(slot.status().error()).isEmpty();
        assertThat(slot.status().ready()).isFalse();
        assertThatThrownBy(slot::require).hasMessage("The model 'm' is LOADING.");

        goOn.countDown();
        loading.get(10, TimeUnit.SECONDS);

        assertThat(slot.status().ready()).isTrue();
        assertThat(slot.status().detail()).isEmpty();
    }

    @Test
    void keepsTheErrorOfItsPreparation() {
        ModelSlot slot = new ModelSlot("m", progress -> {
            throw new RepositoryException("/models/m: no such folder");
        });

        slot.load(create);

        assertThat(slot.status().state()).isEqualTo(ModelState.LOADING);
        assertThat(slot.status().error()).contains("/models/m: no such folder");
        assertThatThrownBy(slot::require).hasMessage("The model 'm' failed to load: /models/m: no such folder");
    }

    @Test
    void givesAPreparationUpThatIsNotWantedAnyMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ModelSlot slot = new ModelSlot("m", progress -> {
            begun.countDown();
            new CountDownLatch(1).await();
            throw new AssertionError("it was to be interrupted");
        });
        Future<?> loading = loader.submit(() -> slot.load(create));
        await(begun);

        slot.cancel();

        loading.get(10, TimeUnit.SECONDS);
        assertThat(slot.state()).isEqualTo(ModelState.END);
    }

    @Test
    void doesNotBeginAPreparationThatIsNotWantedAnyMore() {
        ModelSlot slot = new ModelSlot("m", progress -> {
            throw new AssertionError("it was not to begin");
        });

        slot.cancel();
        slot.load(create);

        assertThat(slot.state()).isEqualTo(ModelState.END);
    }

    @Test
    void neverInterruptsTheLoadingAfterThePreparation() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean(true);
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ModelSlot slot = new ModelSlot("m", progress -> ScriptedEngine.definition("m"));
        Future<?> loading = loader.submit(() -> slot.load(instance -> {
            creating.countDown();
            awaitUninterrupted(goOn);
            interrupted.set(Thread.currentThread().isInterrupted());
            return create.apply(instance);
        }));
        await(creating);

        slot.cancel();
        goOn.countDown();
        loading.get(10, TimeUnit.SECONDS);

        assertThat(interrupted).isFalse();
        assertThat(slot.state()).isEqualTo(ModelState.AVAILABLE);
    }

    @Test
    void unloadingEndsTheEngine() {
        ModelSlot slot = new ModelSlot("m", progress -> ScriptedEngine.definition("m"));
        slot.load(create);

        slot.unload(Duration.ofSeconds(10), false);

        assertThat(slot.state()).isEqualTo(ModelState.END);
        assertThat(engine.closed).isTrue();
        assertThatThrownBy(slot::require).hasMessage("The model 'm' is END.");
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            await(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
