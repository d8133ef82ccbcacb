package io.grevy.engine;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a model's {@code generation_config.json} says of sampling.
 *
 * @param samples whether it samples when a request does not say; without a word on it, it does, with temperature 1, as
 *     OpenAI's API has it
 * @param temperature the temperature when a request samples without naming one
 */
record GenerationDefaults(boolean samples, double temperature) {

    /** @throws IOException if the file is there but cannot be read */
    static GenerationDefaults of(Path folder) throws IOException {
        Path file = folder.resolve("generation_config.json");
        if (!Files.exists(file)) {
            return new GenerationDefaults(true, 1);
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            JsonObject config = reader.readObject();
            boolean samples = config.getBoolean("do_sample", true);
            JsonValue temperature = config.get("temperature");
            double value = temperature instanceof jakarta.json.JsonNumber number ? number.doubleValue() : 1;
            return new GenerationDefaults(samples, value > 0 ? value : 1);
        } catch (JsonException | ClassCastException e) {
            throw new IOException(file + " is not a generation configuration: " + e.getMessage(), e);
        }
    }
}
