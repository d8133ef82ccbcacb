package io.grevy.engine;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model's {@code generation_config.json} says.
 *
 * @param samples whether it samples when a request does not say; without a word on it, it does, with temperature 1, as
 *     OpenAI's API has it
 * @param temperature the temperature when a request samples without naming one
 * @param stopTokens ids of the tokens that end an answer
 */
record GenerationDefaults(boolean samples, double temperature, Set<Integer> stopTokens) {

    GenerationDefaults {
        stopTokens = Set.copyOf(stopTokens);
    }

    /** @throws IOException if the file is there but cannot be read */
    static GenerationDefaults of(Path folder) throws IOException {
        Path file = folder.resolve("generation_config.json");
        if (!Files.exists(file)) {
            return new GenerationDefaults(true, 1, Set.of());
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            JsonObject config = reader.readObject();
            boolean samples = config.getBoolean("do_sample", true);
            double temperature = config.get("temperature") instanceof JsonNumber number && number.doubleValue() > 0
                    ? number.doubleValue()
                    : 1;
            return new GenerationDefaults(samples, temperature, ids(config.get("eos_token_id")));
        } catch (JsonException | ClassCastException e) {
            throw new IOException(file + " is not a generation configuration: " + e.getMessage(), e);
        }
    }

    /** One, or an array of them, or none. */
    private static Set<Integer> ids(@Nullable JsonValue value) {
        Set<Integer> ids = new HashSet<>();
        if (value instanceof JsonNumber number) {
            ids.add(number.intValue());
        } else if (value instanceof JsonArray array) {
            array.getValuesAs(JsonNumber.class).forEach(id -> ids.add(id.intValue()));
        }
        return ids;
    }
}
