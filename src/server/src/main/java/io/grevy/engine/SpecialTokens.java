package io.grevy.engine;

import io.grevy.repository.GgufHeader;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer's special tokens, by which a conversation is put together.
 *
 * @param contents what stands for each in a text, by its id
 * @param padding the one that fills up what is to have a certain length, where one is named
 */
record SpecialTokens(Map<Integer, String> contents, OptionalInt padding) {

    SpecialTokens {
        contents = Map.copyOf(contents);
    }

    /**
     * Those of the model in this GGUF file, or in this folder: what its {@code tokenizer.json} and its
     * {@code tokenizer_config.json}, each
     * where there is one, add to the vocabulary and call special.
     *
     * @throws IOException if one of the files cannot be read
     */
    static SpecialTokens of(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            return new SpecialTokens(GgufHeader.read(folder).specialTokens(), OptionalInt.empty());
        }
        Map<Integer, String> contents = new HashMap<>();
        JsonObject tokenizer = read(folder.resolve("tokenizer.json"));
        for (JsonValue token : tokenizer
                .getOrDefault("added_tokens", JsonValue.EMPTY_JSON_ARRAY)
                .asJsonArray()) {
            put(token.asJsonObject().getInt("id", -1), token.asJsonObject(), contents);
        }
        JsonObject config = read(folder.resolve("tokenizer_config.json"));
        config.getOrDefault("added_tokens_decoder", JsonValue.EMPTY_JSON_OBJECT)
                .asJsonObject()
                .forEach((id, token) -> put(Integer.parseInt(id), token.asJsonObject(), contents));
        return new SpecialTokens(contents, padding(config.get("pad_token"), contents));
    }

    /** @param token its text, or an object that holds it */
    private static OptionalInt padding(@Nullable JsonValue token, Map<Integer, String> contents) {
        JsonValue text = token instanceof JsonObject object ? object.get("content") : token;
        return contents.entrySet().stream()
                .filter(entry ->
                        text instanceof JsonString string && string.getString().equals(entry.getValue()))
                .mapToInt(Map.Entry::getKey)
                .min();
    }

    private static void put(int id, JsonObject token, Map<Integer, String> contents) {
        if (id >= 0 && token.getBoolean("special", false)) {
            contents.put(id, token.getString("content", ""));
        }
    }

    private static JsonObject read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        } catch (JsonException | ClassCastException e) {
            throw new IOException(file + " is not what a tokenizer's file looks like: " + e.getMessage(), e);
        }
    }
}
