package io.grevy.engine;

import io.grevy.openvino.EngineException;
import io.grevy.openvino.Tokenizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The template by which a model's prompts are made of conversations.
 *
 * @param text in Jinja; empty for a model that holds none
 */
record ChatTemplate(String text) {

    private static final String TRIAL = "[{\"role\":\"user\",\"content\":\"Hello\"}]";

    /**
     * The model's own, or the one in a file: that is tried out on a conversation of one message. On the tokenizer's thread.
     *
     * @throws IllegalStateException if the file can't be read, or the engine can't apply it; the message is for the
     *     operator
     */
    static ChatTemplate of(Optional<Path> file, Tokenizer tokenizer) {
        if (file.isEmpty()) {
            return new ChatTemplate(tokenizer.chatTemplate());
        }
        String text = read(file.get());
        try {
            tokenizer.applyChatTemplate(TRIAL, true, text, "", "");
        } catch (EngineException e) {
            throw unusable(file.get(), "it does not make a prompt of one message: " + EngineMessages.ofTemplate(e));
        }
        return new ChatTemplate(text);
    }

    private static String read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unusable(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is not UTF-8");
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + e);
        }
        if (text.isBlank()) {
            throw unusable(file, "it is empty");
        }
        return text;
    }

    private static IllegalStateException unusable(Path file, String reason) {
        return new IllegalStateException("chat_template_file '" + file + "': " + reason);
    }
}
