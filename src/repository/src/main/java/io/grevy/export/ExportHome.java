package io.grevy.export;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What lasts from one export to the next, beside the models.
 *
 * @param folder GREVY_EXPORT_HOME, else {@code grevy} in the user's cache folder
 */
record ExportHome(Path folder) {

    static ExportHome of(ToolVariables variables) {
        return new ExportHome(variables
                .get("GREVY_EXPORT_HOME")
                .map(Path::of)
                .or(() -> cache(variables).map(cache -> cache.resolve("grevy")))
                .orElseThrow(() -> ExportException.refused(
                        "no place for the Python environment: neither GREVY_EXPORT_HOME nor HOME is set"))
                .toAbsolutePath()
                .normalize());
    }

    Path lock(String name) {
        return folder.resolve(name + ".lock");
    }

    // XDG's rule: a relative path there counts as none.
    private static Optional<Path> cache(ToolVariables variables) {
        return variables
                .get("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> variables.get("HOME").map(home -> Path.of(home, ".cache")));
    }
}
