package io.grevy.cli;

import io.grevy.hub.PullRequest;
import io.grevy.repository.ModelSource;
import io.grevy.repository.RepositoryException;
import io.grevy.repository.ServingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings that were given: by flag, or else by environment variable. Each is checked; what was not given is left
 * to the server.
 */
final class Configuration {
    private final Map<Flag, String> given;

    private Configuration(Map<Flag, String> given) {
        this.given = given;
    }

    /** @throws UsageException naming the setting, its value and what is allowed */
    static Configuration of(Map<Flag, String> flags, Map<String, String> environment) {
        // A model named by flags is meant instead of the one in the environment, not together with it.
        boolean modelByFlag = flags.keySet().stream().anyMatch(Flag::namesModels);
        // The repository says where, not which: it stands, but beside a flag that says where too.
        boolean placeByFlag = flags.containsKey(Flag.MODEL_PATH) || flags.containsKey(Flag.CONFIG_PATH);
        Map<Flag, String> given = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            boolean replaced = flag == Flag.MODEL_REPOSITORY_PATH ? placeByFlag : flag.namesModels() && modelByFlag;
            String inherited = replaced ? "" : environment.getOrDefault(flag.environment(), "");
            String text = flags.getOrDefault(flag, inherited).strip();
            if (!text.isEmpty()) {
                flag.check(text);
                given.put(flag, text);
            } else if (flags.containsKey(flag)) {
                throw new UsageException(flag.option() + ": the value is empty");
            }
        }
        return new Configuration(given);
    }

    /** The same for a server that works in another folder: files that are meant from here are absolute. */
    Configuration seenFrom(Path folder) {
        Map<Flag, String> seen = new EnumMap<>(given);
        seen.computeIfPresent(Flag.DRAFT_SOURCE_MODEL, (flag, text) -> {
            Path draft = folder.resolve(text).normalize();
            return Files.isDirectory(draft) ? draft.toString() : text;
        });
        for (Flag file : List.of(Flag.CHAT_TEMPLATE_FILE, Flag.API_KEY_FILE, Flag.ACCESS_LOG, Flag.AUDIT_LOG)) {
            seen.computeIfPresent(
                    file,
                    (flag, text) -> text.equals("-")
                            ? text
                            : folder.resolve(text).normalize().toString());
        }
        return new Configuration(seen);
    }

    Optional<String> text(Flag flag) {
        return Optional.ofNullable(given.get(flag));
    }

    /** A setting that is a number and has a default. */
    int number(Flag flag) {
        return Integer.parseInt(text(flag).orElse(flag.defaultText()));
    }

    /** @throws UsageException with the repository's message */
    ServingOptions servingOptions() {
        try {
            return ServingOptions.read(this::byKey);
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Where the models come from.
     *
     * @param from the folder that relative paths are meant from
     * @param standard what is served without a model flag
     */
    ModelSource models(Path from, ModelSource standard) {
        try {
            return ModelSource.read(this::byKey, from).orElse(standard);
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The model to pull, where one is named.
     *
     * @param from the folder that relative paths are meant from
     */
    Optional<PullRequest> pull(Path from) {
        try {
            return PullRequest.read(this::byKey, from);
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The environment variables that hand the settings to the server; the models are those given here.
     *
     * @param pull what the server is to pull first
     */
    Map<String, String> environment(ModelSource models, Optional<PullRequest> pull) {
        Map<String, String> variables = new TreeMap<>();
        given.forEach((flag, text) -> {
            if (!flag.isPath()) {
                variables.put(flag.environment(), text);
            }
        });
        text(Flag.LOG_LEVEL)
                .ifPresent(level -> variables.putAll(LogLevel.valueOf(level).variables()));
        if (models instanceof ModelSource.Single single) {
            variables.put(Flag.MODEL_NAME.environment(), single.name());
            pull.ifPresentOrElse(
                    request -> variables.put(
                            Flag.MODEL_REPOSITORY_PATH.environment(),
                            request.repository().toString()),
                    () -> variables.put(
                            Flag.MODEL_PATH.environment(), single.folder().toString()));
        } else if (models instanceof ModelSource.Config config) {
            variables.put(Flag.CONFIG_PATH.environment(), config.file().toString());
        }
        return variables;
    }

    private Optional<String> byKey(String key) {
        return given.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(key))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
