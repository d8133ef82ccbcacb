package io.grevy.export;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class PendingConfig {
    private PendingConfig() {}

    static void add(Path file, String name, Path folder) throws IOException {
        Files.writeString(
                file,
                Json.createObjectBuilder()
                        .add(
                                "model_config_list",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add(
                                                        "config",
                                                        Json.createObjectBuilder()
                                                                .add("name", name)
                                                                .add(
                                                                        "base_path",
                                                                        file.toAbsolutePath()
                                                                                .resolveSibling("")
                                                                                .relativize(folder)
                                                                                .toString()))))
                        .build()
                        .toString());
    }
}
