package io.grevy.cli;

import io.grevy.hub.HubException;
import io.grevy.hub.HubSettings;
import io.grevy.hub.ModelHub;
import io.grevy.hub.PullProgress;
import io.grevy.hub.PullRequest;
import io.grevy.hub.PullResult;
import io.grevy.repository.GraphDescription;
import io.grevy.repository.GraphFile;
import io.grevy.repository.ServingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The command {@code pull}: brings a model from a hub and writes the options that were given beside it. */
final class Pull {
    private static final int FAILED = 1;

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final Console console;

    Pull(Map<String, String> environment, Path workingFolder, Console console) {
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.console = console;
    }

    /**
     * Pulls; nothing is served.
     *
     * @return the exit code for this process
     * @throws UsageException before anything is pulled, where the settings are wrong
     */
    int run(Arguments arguments) throws InterruptedException {
        Configuration configuration = Configuration.of(arguments.flags(), environment);
        PullRequest request = configuration
                .pull(workingFolder)
                .orElseThrow(() -> new UsageException("pull: --source_model is needed, to say which model"));
        ServingOptions options = configuration.servingOptions();
        try {
            HubSettings settings = HubSettings.of(environment, Home.ofUser());
            say(request, pull(request, settings));
            writeGraph(request, options);
            return 0;
        } catch (HubException | IOException e) {
            console.say(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }

    private PullResult pull(PullRequest request, HubSettings settings) throws HubException, InterruptedException {
        ModelHub hub = new ModelHub(settings);
        if (!hub.check(request)) {
            console.say("pulling " + request.source() + " from " + settings.endpoint() + " …");
        }
        PullProgress progress = new PullProgress();
        PullWatch watch = new PullWatch(progress, new ProgressReport(console));
        watch.start();
        try {
            return hub.pull(request, progress);
        } finally {
            watch.end();
        }
    }

    private void say(PullRequest request, PullResult result) {
        if (result instanceof PullResult.Pulled pulled) {
            console.say(request.source() + " is in " + pulled.folder() + " (" + pulled.files() + " files, commit "
                    + pulled.commit() + ")");
        } else {
            console.say(request.source() + " is in " + result.folder() + " already; --overwrite_models pulls it anew");
        }
    }

    // As OVMS does, so that config.json may name the folder; a graph of the model's own stands unless options are
    // given. Of several GGUF files in a folder it names the one pulled last.
    private void writeGraph(PullRequest request, ServingOptions options) throws IOException {
        Path graph = request.folder().resolve("graph.pbtxt");
        boolean optionsGiven = !options.equals(ServingOptions.none());
        if (optionsGiven || request.gguf().isPresent() || !Files.exists(graph)) {
            GraphFile.write(graph, GraphDescription.of(Path.of(request.gguf().orElse("")), options));
            console.say("its options are in " + graph);
        }
    }
}
