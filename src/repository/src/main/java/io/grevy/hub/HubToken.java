package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A secret that lets the hub know who asks. Its text stands in no message and no log. */
public final class HubToken {
    private final String text;

    private HubToken(String text) {
        this.text = text;
    }

    /** The token of the environment, or else the one that a login has left in a file. */
    static Optional<HubToken> of(Map<String, String> environment, Path home) throws HubException {
        Optional<String> given = value(environment, "HF_TOKEN").or(() -> value(environment, "HUGGING_FACE_HUB_TOKEN"));
        Optional<String> text = given.isPresent() ? given : read(file(environment, home));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new HubException(Reason.SETTING, "HF_TOKEN: it has characters that no token has");
        }
        return Optional.of(new HubToken(text.get()));
    }

    String authorization() {
        return "Bearer " + text;
    }

    private static Path file(Map<String, String> environment, Path home) {
        return value(environment, "HF_TOKEN_PATH")
                .map(path -> expanded(path, home))
                .orElseGet(() -> value(environment, "HF_HOME")
                        .map(path -> expanded(path, home))
                        .orElseGet(() -> value(environment, "XDG_CACHE_HOME")
                                .map(path -> expanded(path, home))
                                .orElse(home.resolve(".cache"))
                                .resolve("huggingface"))
                        .resolve("token"));
    }

    private static Path expanded(String path, Path home) {
        return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }

    private static Optional<String> read(Path file) throws HubException {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HubException(
                    Reason.SETTING, file + ": the token there cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "***";
    }
}
