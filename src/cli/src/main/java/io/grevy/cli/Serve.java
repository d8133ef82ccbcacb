package io.grevy.cli;

import io.grevy.hub.HubException;
import io.grevy.hub.HubSettings;
import io.grevy.hub.ModelHub;
import io.grevy.hub.PullRequest;
import io.grevy.keys.ApiKey;
import io.grevy.keys.KeyFile;
import io.grevy.repository.ModelEntries;
import io.grevy.repository.ModelEntry;
import io.grevy.repository.ModelSource;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The command {@code serve}: checks, starts the server, reports, and ends it on a signal. */
final class Serve {
    /** Where the server finds the hash of this process's key. */
    private static final String OWN_KEY = "GREVY_LAUNCHER_KEY_SHA256";

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final Console console;

    Serve(Map<String, String> environment, Path workingFolder, Console console) {
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.console = console;
    }

    /**
     * Serves until the server ends by itself. A signal ends this process from within, with 0.
     *
     * @return the exit code for this process, to be given by {@link Runtime#halt}
     * @throws UsageException before anything is started, where that could not succeed
     */
    int run(Arguments arguments) throws IOException, InterruptedException {
        Configuration configuration =
                Configuration.of(arguments.flags(), environment).seenFrom(workingFolder);
        Home home = Home.of(environment);
        ModelSource models = configuration.models(workingFolder, home.demo());
        Optional<PullRequest> pull = configuration.pull(workingFolder);
        ServingOptions options = configuration.servingOptions();
        if (pull.isEmpty() || isThere(pull.get())) {
            requireServable(models, options);
        }
        Endpoint endpoint = new Endpoint(
                configuration.text(Flag.REST_BIND_ADDRESS).orElse(Flag.REST_BIND_ADDRESS.defaultText()),
                configuration.number(Flag.REST_PORT));
        Liberty liberty = home.liberty(arguments.wlpHome(), environment);
        endpoint.requireFree();
        Optional<ApiKey> key = configuration.text(Flag.API_KEY_FILE).map(Serve::ownKey);
        Map<String, String> settings = configuration.environment(models, pull);
        key.ifPresent(own -> settings.put(OWN_KEY, own.hexHash()));
        ServerProcess server = new ServerProcess(liberty.process(endpoint.port(), settings));
        return serve(server, endpoint, key, Duration.ofSeconds(configuration.number(Flag.DRAIN_SECONDS)));
    }

    /** A key of this process's own, by which it may ask for the models' states; the file is checked before the start. */
    private static ApiKey ownKey(String file) {
        try {
            KeyFile.read(Path.of(file));
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        return ApiKey.generate();
    }

    private int serve(ServerProcess server, Endpoint endpoint, Optional<ApiKey> key, Duration drain)
            throws IOException, InterruptedException {
        console.say("starting at " + endpoint.uri("/") + " (Ctrl-C ends it)");
        Thread watch = new Thread(new StatusWatch(endpoint, key, console), "grevy-status");
        watch.setDaemon(true);
        watch.start();
        try {
            return new Foreground(server, drain, console).run();
        } finally {
            watch.interrupt();
        }
    }

    private boolean isThere(PullRequest pull) {
        try {
            return new ModelHub(HubSettings.of(environment, Home.ofUser())).check(pull);
        } catch (HubException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    // One folder that cannot be served ends it here; among several models a bad one is the server's to report.
    private static void requireServable(ModelSource models, ServingOptions options) {
        try {
            ModelEntries entries = models.entries(options);
            if (models instanceof ModelSource.Single) {
                for (ModelEntry.Rejected rejected : entries.rejected()) {
                    throw rejected.reason();
                }
            }
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
