package io.grevy.cli;

import io.grevy.repository.ModelRepository;
import io.grevy.repository.ModelSource;
import io.grevy.repository.RepositoryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** The flag {@code --configure}: writes what the other flags say into a model's graph.pbtxt. */
final class Configure {
    private final Map<String, String> environment;
    private final Path workingFolder;
    private final PrintStream out;

    Configure(Map<String, String> environment, Path workingFolder, PrintStream out) {
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.out = out;
    }

    /** @throws UsageException where the model would not be served with these flags; nothing is written then */
    void run(Arguments arguments) {
        Configuration configuration =
                Configuration.of(arguments.flags(), environment).seenFrom(workingFolder);
        ModelSource none = new ModelSource.Config(Path.of(""));
        if (!(configuration.models(workingFolder, none) instanceof ModelSource.Single model)) {
            throw new UsageException("--configure: give --model_path, or --model_repository_path and --model_name");
        }
        try {
            out.println("written: " + ModelRepository.configure(model.folder(), configuration.servingOptions()));
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UsageException("graph.pbtxt cannot be written: " + e, e);
        }
    }
}
