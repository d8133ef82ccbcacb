package io.grevy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.Engine;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.Recorder;
import io.grevy.inference.Role;
import io.grevy.it.Deployments;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.ServingOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scope, inside the container, with a real model. */
@ExtendWith(ArquillianExtension.class)
class ModelScopeIT {

    @Inject
    ModelRegistry registry;

    @Inject
    Instance<LoadedModel> loadedModels;

    @Inject
    Instance<Engine> engines;

    @Inject
    Instance<Recorder> recorders;

    @Inject
    Instance<Witness> witnesses;

    @Inject
    MetricRegistry metrics;

    @Deployment
    static WebArchive server() throws Exception {
        File assertj = new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Deployments.of("scope", "text/qwen2", Deployments.model("fixtures/qwen2"))
                .addAsLibraries(assertj)
                .addClasses(Witness.class, ModelScopeIT.class, Deployments.class);
    }

    @Test
    void isActiveOnlyWhileAModelLoads() {
        assertThatThrownBy(() -> loadedModels.get()).isInstanceOf(ContextNotActiveException.class);
    }

    @Test
    void eachLoadHasBeansOfItsOwnAndOneOfEach() throws Exception {
        ModelInstance first = new ModelInstance(definition());
        ModelInstance second = new ModelInstance(definition());
        try {
            LoadedModel one = ModelContext.with(first, loadedModels::get);
            LoadedModel other = ModelContext.with(second, loadedModels::get);

            assertThat(one).isNotSameAs(other);
            assertThat(ModelContext.with(first, loadedModels::get)).isSameAs(one);
            Engine engine = ModelContext.with(first, engines::get);
            assertThat(ModelContext.with(first, engines::get)).isSameAs(engine);
            assertThat(ModelContext.with(second, engines::get)).isNotSameAs(engine);
        } finally {
            first.destroyAll();
            second.destroyAll();
        }
    }

    @Test
    void endingTheScopeDestroysDependantsBeforeWhatTheyDependOn() throws Exception {
        ModelInstance instance = new ModelInstance(definition());
        ModelContext.with(instance, loadedModels::get);
        Engine engine = ModelContext.with(instance, engines::get);
        Witness witness = ModelContext.with(instance, witnesses::get);

        instance.destroyAll();

        assertThat(witness.seen).containsExactly("destroyed while its engine was WELL");
        assertThatThrownBy(() -> engine.start(question())).isInstanceOf(EngineUnavailableException.class);
    }

    @Test
    void unloadingWaitsForTheRequestThatRuns() throws Exception {
        ModelSlot slot = new ModelSlot("text/qwen2", progress -> definition());
        slot.load(instance -> ModelContext.with(instance, loadedModels::get));
        assertThat(slot.state()).isEqualTo(ModelState.AVAILABLE);
        Place place = slot.require().admit(Asker.ANYBODY, System.nanoTime());
        assertThat(place.awaitTurn(Duration.ofSeconds(60))).isTrue();
        Thread unloading = new Thread(() -> slot.unload(Duration.ofSeconds(60), false));
        unloading.start();
        while (slot.state() != ModelState.UNLOADING) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(slot::require).isInstanceOf(ModelUnavailableException.class);
        assertThat(place.start(question()).next(Duration.ofSeconds(60))).isPresent();
        place.close();
        unloading.join();

        assertThat(slot.state()).isEqualTo(ModelState.END);
    }

    @Test
    void theConfiguredModelIsServed() throws Exception {
        while (!registry.attempted()) {
            Thread.sleep(20);
        }
        assertThat(registry.statuses()).singleElement().satisfies(status -> {
            assertThat(status.name()).isEqualTo("text/qwen2");
            assertThat(status.state()).isEqualTo(ModelState.AVAILABLE);
            assertThat(status.condition()).isEqualTo(EngineCondition.WELL);
        });
        assertThat(registry.find("text/qwen2").name()).isEqualTo("text/qwen2");
    }

    @Test
    void theNativesBelongToTheSharedLibraryNotToTheApplication() throws Exception {
        ClassLoader application = ModelScopeIT.class.getClassLoader();
        ClassLoader natives =
                application.loadClass("io.grevy.openvino.OpenVino").getClassLoader();

        assertThat(natives).isNotSameAs(application);
    }

    @Test
    void aModelsMetricsGoWithIt() throws Exception {
        ModelDefinition definition = definition();
        ModelInstance instance = new ModelInstance(new ModelDefinition(
                "passing", definition.folder(), definition.pipeline(), definition.execution(), definition.facts(), 1));
        ModelContext.with(instance, recorders::get);
        assertThat(metricsOf("passing")).isPositive();

        instance.destroyAll();

        assertThat(metricsOf("passing")).isZero();
    }

    private long metricsOf(String model) {
        return metrics.getMetricIDs().stream()
                .filter(id -> model.equals(id.getTags().get("model_name")))
                .count();
    }

    private ModelDefinition definition() {
        String folder = ConfigProvider.getConfig().getValue("grevy.model_path", String.class);
        return ModelRepository.single("text/qwen2", Path.of(folder), ServingOptions.none());
    }

    private static InferenceRequest question() {
        return InferenceRequest.of("chatcmpl-scope", List.of(new Message(Role.USER, List.of(new Part.Text("Hello")))));
    }

    /** Depends on the engine, and says how it finds it at the end. */
    @ModelComponent
    static class Witness {

        private final List<String> seen = new ArrayList<>();
        private final Engine engine;

        @Inject
        Witness(Engine engine) {
            this.engine = engine;
        }

        @PreDestroy
        void ending() {
            seen.add("destroyed while its engine was " + engine.condition());
        }
    }
}
