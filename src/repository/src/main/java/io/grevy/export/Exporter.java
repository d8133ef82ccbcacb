package io.grevy.export;

import io.grevy.repository.ModelRepository;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
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
        PendingConfig.add(options.configFile(), options.name(), destination);
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
            Conversion conversion = new Conversion(options, maker, tools, staging.temporary());
            String modelsPath = options.source().bring(staging.model(), conversion);
            Path graph = Files.createDirectories(staging.model()).resolve(GRAPH);
            PendingGraph.write(graph, modelsPath, options.serving());
            requireServable(staging.model());
            if (tools.isCancelled()) {
                throw ExportException.cancelled();
            }
            if (there) {
                PendingGraph.write(made, Conversion.HERE, options.serving());
            } else {
                staging.commit();
            }
        }
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
