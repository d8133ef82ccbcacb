package io.grevy.engine;

import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that a client may not write, since the tokenizer or the engine would not take it for text: the model's special
 * tokens, by which a message could pass for another speaker's, and picture tags. Thread-safe.
 */
final class ReservedText {

    private static final String UNIVERSAL_TAG = "<ov_genai_(?:image|video)_";

    /** Native picture tags that are no special tokens in every tokenizer. */
    private static final List<String> NATIVE_TAGS = List.of(
            "<image>",
            "<video>",
            "<|image_pad|>",
            "<|video_pad|>",
            "<|vision_start|>",
            "<|vision_end|>",
            "<IMG_CONTEXT>",
            "<start_of_image>",
            "<end_of_image>",
            "<image_soft_token>");

    private final Pattern pattern;

    private ReservedText(Iterable<String> literals) {
        StringBuilder alternatives = new StringBuilder(UNIVERSAL_TAG);
        literals.forEach(literal -> alternatives.append('|').append(Pattern.quote(literal)));
        this.pattern = Pattern.compile(alternatives.toString());
    }

    /**
     * What the model in this folder reserves.
     *
     * @throws IOException if its {@code tokenizer_config.json} is there but cannot be read
     */
    static ReservedText of(Path folder, boolean takesPictures) throws IOException {
        TreeSet<String> literals = new TreeSet<>();
        if (takesPictures) {
            literals.addAll(NATIVE_TAGS);
        }
        Path config = folder.resolve("tokenizer_config.json");
        if (Files.exists(config)) {
            try (JsonReader reader = Json.createReader(Files.newBufferedReader(config))) {
                addSpecialTokens(reader.readObject(), literals);
            } catch (JsonException | ClassCastException e) {
                throw new IOException(config + " is not what a tokenizer's configuration looks like: " + e.getMessage(), e);
            }
        }
        return new ReservedText(literals);
    }

    void check(String text) throws RefusedRequestException {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            String found = matcher.group();
            throw new RefusedRequestException(
                    Reason.RESERVED_TEXT,
                    "The text holds '" + found + "' at character " + matcher.start()
                            + ", which this model reserves for itself.");
        }
    }

    private static void addSpecialTokens(JsonObject config, TreeSet<String> literals) {
        JsonValue added = config.getOrDefault("added_tokens_decoder", JsonValue.EMPTY_JSON_OBJECT);
        for (JsonValue value : added.asJsonObject().values()) {
            JsonObject token = value.asJsonObject();
            String content = token.getString("content", "");
            if (token.getBoolean("special", false) && !content.isBlank()) {
                literals.add(content);
            }
        }
    }
}
