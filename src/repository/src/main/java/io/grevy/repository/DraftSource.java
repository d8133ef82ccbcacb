package io.grevy.repository;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a draft model lies that was named by a hub's id or by a path. As with OVMS it belongs into a folder of the
 * model's own, {@code OpenVINO/Qwen3-0.6B} into {@code OpenVINO-Qwen3-0.6B}.
 */
final class DraftSource {
    private DraftSource() {}

    /** @param folder the main model's; the draft model's is relative where that is, and need not be there */
    static Speculation.DraftModel model(String source, Path folder) {
        return new Speculation.DraftModel(
                folder(source, folder), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    private static Path folder(String source, Path folder) {
        Path own = folder.resolve(source.replace('/', '-'));
        return Path.of(source).isAbsolute() && !Files.isDirectory(own)
                ? Path.of(source).normalize()
                : own;
    }
}
