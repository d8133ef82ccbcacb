package io.grevy.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a GGUF file says about its model, in the format that
 * <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">ggml</a> describes.
 *
 * @param architecture such as {@code llama}
 * @param contextLength the most tokens of prompt and answer together; empty where the file does not say
 * @param specialTokens what stands for each in a text, by its id
 */
public record GgufHeader(String architecture, OptionalInt contextLength, Map<Integer, String> specialTokens) {
    private static final int MAGIC = 'G' | 'G' << 8 | 'U' << 16 | 'F' << 24;
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String TYPES = "tokenizer.ggml.token_type";
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    public GgufHeader {
        specialTokens = Map.copyOf(specialTokens);
    }

    /** @throws RepositoryException if the file cannot be read or is not what its name says */
    public static GgufHeader read(Path file) {
        try (GgufInput in = new GgufInput(file)) {
            if (in.number() != MAGIC) {
                throw new RepositoryException(file + ": not a GGUF file");
            }
            int version = in.number();
            if (version < 2 || version > 3) {
                throw new RepositoryException(file + ": GGUF version " + version + "; 2 and 3 are read");
            }
            in.count(); // tensors
            return of(file, GgufValue.read(in, in.count(), key -> key.equals(TOKENS) || key.equals(TYPES)));
        } catch (IOException e) {
            throw new RepositoryException(file + ": its GGUF header cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static GgufHeader of(Path file, Map<String, Object> values) {
        if (!(values.get("general.architecture") instanceof String architecture)) {
            throw new RepositoryException(file + ": general.architecture: a string is expected");
        }
        Object context = values.get(architecture + ".context_length");
        return new GgufHeader(
                architecture,
                context instanceof Number number && number.longValue() > 0
                        ? OptionalInt.of((int) Math.min(number.longValue(), Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                special(list(values, TOKENS), list(values, TYPES)));
    }

    private static List<?> list(Map<String, Object> values, String key) {
        return values.get(key) instanceof List<?> list ? list : List.of();
    }

    private static Map<Integer, String> special(List<?> tokens, List<?> types) {
        Map<Integer, String> special = new HashMap<>();
        for (int id = 0; id < Math.min(tokens.size(), types.size()); id++) {
            if (types.get(id) instanceof Number type
                    && (type.intValue() == CONTROL || type.intValue() == USER_DEFINED)) {
                special.put(id, String.valueOf(tokens.get(id)));
            }
        }
        return special;
    }
}
