package io.grevy.export;

import io.grevy.repository.ConfigEdit;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.GraphDescription;
import io.grevy.repository.GraphFile;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import io.grevy.repository.Speculation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes one model's folder and names it in config.json. {@link #run} once; {@link #cancel} from another thread, at any
 * time.
 */
public final class Exporter {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GRAPH = "graph.pbtxt";

    private final ExportOptions options;
    private final ExportHome home;
    private final Tools tools;
    private final EnvironmentMaker maker;
    private final Consumer<String> log;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param environment this process's environment variables
     * @param log takes what happens, a line each
     */
    public Exporter(ExportOptions options, Map<String, String> environment, Consumer<String> log) {
        this(options, environment, Recipe.exporting(), log);
    }

    Exporter(ExportOptions options, Map<String, String> environment, Recipe recipe, Consumer<String> log) {
        ToolVariables variables = new ToolVariables(environment);
        this.options = options;
        this.home = ExportHome.of(variables);
        this.tools = new Tools(variables, log);
        this.maker = new EnvironmentMaker(home, recipe, variables, tools, log);
        this.log = log;
    }

    /**
     * Exports.
     *
     * @return the folder of the model
     * @throws ExportException where there is none: refused, failed or cancelled
     */
    public Path run() throws InterruptedException {
        try {
            return export();
        } catch (RepositoryException e) {
            throw ExportException.failed(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw ExportException.failed("the export did not succeed: " + e, e);
        } finally {
            ended.countDown();
        }
    }

    /** Ends a run that is under way; when this returns, it has cleaned up behind it. */
    public void cancel() throws InterruptedException {
        tools.cancel();
        ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @SuppressWarnings("try") // the lock is only held
    private Path export() throws IOException, InterruptedException {
        Path destination = options.destination();
        requireReadable(options.configFile());
        try (ProcessLock lock = ProcessLock.tryAcquire(home.lock("model-" + Digest.of(destination.toString())))
                .orElseThrow(() -> ExportException.refused("another export to " + destination + " is under way"))) {
            Files.createDirectories(destination.resolveSibling(""));
            if (options.source().converted() && options.weightsAsked()) {
                log.accept("weight-format and extra_quantization_params have no effect: "
                        + "the source model is in OpenVINO's format already");
            }
            make(destination);
        }
        log.accept("exported to " + destination);
        Files.createDirectories(options.configFile().resolveSibling(""));
        ConfigEdit.add(options.configFile(), options.name(), destination);
        log.accept("named '" + options.name() + "' in " + options.configFile());
        return destination;
    }

    private void make(Path destination) throws IOException, InterruptedException {
        try (Staging staging = Staging.open(destination)) {
            boolean there = options.source().isAt(destination);
            Path made = there ? destination.resolve(GRAPH) : destination;
            if (FileTree.exists(made) && !options.overwrite()) {
                throw ExportException.refused(made + " is there already; --overwrite_models replaces it");
            }
            GraphDescription graph = fill(staging);
            requireServable(staging.model());
            if (tools.isCancelled()) {
                throw ExportException.cancelled();
            }
            if (there) {
                addTo(destination, graph, staging);
            } else {
                staging.commit();
            }
        }
    }

    private GraphDescription fill(Staging staging) throws IOException, InterruptedException {
        Conversion conversion = Conversion.of(options, maker, tools, staging.temporary());
        Path files = options.source().bring(staging.model(), conversion);
        Files.createDirectories(staging.model());
        GraphDescription graph = GraphDescription.of(files, options.serving());
        if (options.draft().isPresent()) {
            String device = graph.execution().targetDevice();
            graph = guessing(graph, options.draft().get().bring(staging.model(), conversion, device));
        }
        GraphFile.write(staging.model().resolve(GRAPH), graph);
        return graph;
    }

    // The model's files lie there already: the graph comes to them, and a draft model before it.
    private void addTo(Path destination, GraphDescription graph, Staging staging) throws IOException {
        if (graph.execution().speculation() instanceof Speculation.DraftModel draft
                && !draft.folder().isAbsolute()) {
            staging.commit(draft.folder());
        }
        GraphFile.write(destination.resolve(GRAPH), graph);
    }

    private static GraphDescription guessing(GraphDescription graph, Speculation speculation) {
        ExecutionSettings execution = graph.execution();
        return new GraphDescription(
                graph.modelFolder(),
                graph.pipeline(),
                new ExecutionSettings(
                        execution.targetDevice(),
                        execution.scheduling(),
                        execution.pluginConfig(),
                        speculation,
                        execution.maxTokensLimit(),
                        execution.bestOfLimit(),
                        execution.parsing()));
    }

    private void requireServable(Path folder) {
        try {
            ModelRepository.single(options.name(), folder, ServingOptions.none());
        } catch (RepositoryException e) {
            throw ExportException.failed("what was exported cannot be served: " + e.getMessage(), e);
        }
    }

    // Found out before the export, not after it.
    private static void requireReadable(Path configFile) {
        try {
            if (Files.exists(configFile)) {
                ModelRepository.fromConfig(configFile, ServingOptions.none());
            }
        } catch (RepositoryException e) {
            throw ExportException.refused(String.valueOf(e.getMessage()), e);
        }
    }
}
