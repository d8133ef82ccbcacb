package io.grevy.cli;

import io.grevy.repository.ConfigEdit;
import io.grevy.repository.ModelListing;
import io.grevy.repository.ModelLocation;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands about a repository: which models it holds, and which of them its config.json names. Nothing is served; a
 * server that runs takes the change up by itself.
 */
final class RepositoryCommands {
    private static final String CONFIG = "config.json";

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final PrintStream out;
    private final Console console;

    RepositoryCommands(Map<String, String> environment, Path workingFolder, PrintStream out, Console console) {
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.out = out;
        this.console = console;
    }

    /** @throws UsageException naming what is missing or wrong; then nothing has changed */
    void run(Arguments arguments) {
        try {
            switch (arguments.action()) {
                case LIST -> list(arguments);
                case ADD -> add(arguments);
                case REMOVE -> remove(arguments);
                default -> throw new IllegalArgumentException("not about a repository: " + arguments.action());
            }
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void list(Arguments arguments) {
        Path repository = repository(arguments)
                .orElseThrow(() -> needed("--list_models", Flag.MODEL_REPOSITORY_PATH, "which folder to look in"));
        List<String> models = ModelListing.of(repository);
        models.forEach(out::println);
        if (models.isEmpty()) {
            console.say("no model in " + repository);
        }
    }

    private void add(Arguments arguments) {
        String name = name(arguments, "--add_to_config");
        Path config = config(arguments, "--add_to_config");
        Path folder = folder(arguments, name, config);
        ModelRepository.describe(new ModelLocation(name, folder, Optional.empty()), ServingOptions.none());
        ConfigEdit.add(config, name, folder);
        console.say(config + " names " + name + " now, at " + folder);
    }

    private void remove(Arguments arguments) {
        String name = name(arguments, "--remove_from_config");
        Path config = config(arguments, "--remove_from_config");
        if (!ConfigEdit.remove(config, name)) {
            throw new UsageException(config + ": no model of the name '" + name + "'");
        }
        console.say(config + " does not name " + name + " any more");
    }

    private static String name(Arguments arguments, String command) {
        return Optional.ofNullable(arguments.flags().get(Flag.MODEL_NAME))
                .orElseThrow(() -> needed(command, Flag.MODEL_NAME, "which model is meant"));
    }

    private Path config(Arguments arguments, String command) {
        return path(arguments, Flag.CONFIG_PATH)
                .or(() -> repository(arguments).map(repository -> repository.resolve(CONFIG)))
                .orElseThrow(() -> needed(command, Flag.CONFIG_PATH, "which file to change"));
    }

    // As in OVMS, a relative model_path is meant from the file that is to name it; elsewhere paths are meant from here.
    private Path folder(Arguments arguments, String name, Path config) {
        String given = arguments.flags().get(Flag.MODEL_PATH);
        if (given != null) {
            Path fromConfig = config.resolveSibling(given).normalize();
            Path fromHere = workingFolder.resolve(given).normalize();
            return Files.exists(fromConfig) || !Files.exists(fromHere) ? fromConfig : fromHere;
        }
        return repository(arguments)
                .map(repository -> repository.resolve(name).normalize())
                .orElseThrow(() -> new UsageException(
                        "--add_to_config: --model_path or --model_repository_path is needed, to say where it lies"));
    }

    private Optional<Path> repository(Arguments arguments) {
        return path(arguments, Flag.MODEL_REPOSITORY_PATH);
    }

    /** From the flag, else the environment. */
    private Optional<Path> path(Arguments arguments, Flag flag) {
        return Optional.ofNullable(arguments.flags().get(flag))
                .or(() -> Optional.ofNullable(environment.get(flag.environment())))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> workingFolder.resolve(text).normalize());
    }

    private static UsageException needed(String command, Flag flag, String why) {
        return new UsageException(command + ": " + flag.option() + " is needed, to say " + why);
    }
}
