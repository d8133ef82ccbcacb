package io.grevy.engine;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A tokenizer's special tokens, by which a conversation is put together.
 *
 * @param contents what stands for each in a text, by its id
 */
record SpecialTokens(Map<Integer, String> contents) {

    SpecialTokens {
        contents = Map.copyOf(contents);
    }

    /**
     * Those of the model in this folder, as its {@code tokenizer_config.json} has them; none without that file.
     *
     * @throws IOException if the file is there but cannot be read
     */
    static SpecialTokens of(Path folder) throws IOException {
        Path file = folder.resolve("tokenizer_config.json");
        if (!Files.exists(file)) {
            return new SpecialTokens(Map.of());
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return of(reader.readObject());
        } catch (JsonException | ClassCastException | NumberFormatException e) {
            throw new IOException(file + " is not what a tokenizer's configuration looks like: " + e.getMessage(), e);
        }
    }

    private static SpecialTokens of(JsonObject config) {
        Map<Integer, String> contents = new HashMap<>();
        JsonValue added = config.getOrDefault("added_tokens_decoder", JsonValue.EMPTY_JSON_OBJECT);
        added.asJsonObject().forEach((id, value) -> {
            JsonObject token = value.asJsonObject();
            if (token.getBoolean("special", false)) {
                contents.put(Integer.valueOf(id), token.getString("content", ""));
            }
        });
        return new SpecialTokens(contents);
    }
}
