package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model on a hub: {@code OpenVINO/InternVL2-2B-int4-ov}, or with a branch, a tag or a commit after an at sign.
 *
 * @param name the repository's name on the hub, by its rules
 * @param revision what was asked for by name; else the hub's main branch is meant
 */
public record SourceModel(String name, Optional<String> revision) {
    private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "/)?" + PART);
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_./-]{0,254}[A-Za-z0-9_])?");

    public SourceModel {
        if (!NAME.matcher(name).matches() || name.contains("--") || name.contains("..") || name.endsWith(".git")) {
            throw new RepositoryException("source_model '" + name
                    + "': a model on a hub is named <organisation>/<model>, of letters, digits, '.', '_' and '-'");
        }
        revision.filter(text -> !REVISION.matcher(text).matches() || text.contains(".."))
                .ifPresent(text -> {
                    throw new RepositoryException(
                            "source_model: the revision '" + text + "' is no branch, tag or commit");
                });
    }

    /**
     * Reads {@code <organisation>/<model>} or {@code <organisation>/<model>@<revision>}.
     *
     * @throws RepositoryException naming what is not allowed
     */
    public static SourceModel parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new SourceModel(text, Optional.empty())
                : new SourceModel(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    /** The revision to ask the hub for. */
    public String revisionOrMain() {
        return revision.orElse("main");
    }

    /** Where it lies in a repository of models: a folder of its name, whatever its revision. */
    public Path folder(Path repository) {
        return repository.resolve(name).normalize();
    }

    @Override
    public String toString() {
        return name + revision.map(text -> "@" + text).orElse("");
    }
}
