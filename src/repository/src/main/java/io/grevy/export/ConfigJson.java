package io.grevy.export;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What a checkpoint's config.json tells before anything is loaded. */
final class ConfigJson {
    /** Parts that only models with eyes have. */
    private static final Set<String> EYES =
            Set.of("vision_config", "img_processor", "embd_layer", "mm_vision_tower", "vision_tower");

    private ConfigJson() {}

    /** @throws ExportException naming the file where it cannot be read */
    static boolean sees(Path file) {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            JsonObject config = reader.readObject();
            return config.keySet().stream().anyMatch(EYES::contains);
        } catch (IOException | JsonException e) {
            throw ExportException.refused(file + ": not a JSON object that can be read: " + e.getMessage(), e);
        }
    }
}
