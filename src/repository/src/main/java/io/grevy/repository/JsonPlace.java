package io.grevy.repository;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** An object within a JSON file that knows its place, so that each error can name it. */
record JsonPlace(Path file, String path, JsonObject object) {

    static JsonPlace of(Path file) {
        return new JsonPlace(file, "", JsonText.readFile(file));
    }

    /** @throws RepositoryException naming the first key that is not among these */
    void allow(Set<String> keys) {
        object.keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw error(
                    key,
                    "unknown; known here: "
                            + String.join(", ", keys.stream().sorted().toList()));
        });
    }

    String string(String key) {
        return optionalString(key).orElseThrow(() -> error(key, "missing"));
    }

    Optional<String> optionalString(String key) {
        return value(key).map(value -> {
            if (value instanceof JsonString string && !string.getString().isBlank()) {
                return string.getString();
            }
            throw wrong(key, value, "a string that is not empty");
        });
    }

    Optional<JsonPlace> optionalObject(String key) {
        return value(key).map(value -> object(key, value));
    }

    JsonPlace object(String key) {
        return optionalObject(key).orElseThrow(() -> error(key, "missing"));
    }

    /**
     * The name at {@code name}, which nothing has yet.
     *
     * @param places where each name stood so far; this one is added
     */
    String newName(Map<String, String> places) {
        String name = string("name");
        String place = place("name");
        String earlier = places.putIfAbsent(name, place);
        if (earlier != null) {
            throw error("name", "'" + name + "' is the name at " + earlier + " already");
        }
        return name;
    }

    /** The objects of the array at a key; none where the key is absent. */
    List<JsonPlace> objects(String key) {
        JsonArray array = value(key)
                .map(value -> {
                    if (value instanceof JsonArray list) {
                        return list;
                    }
                    throw wrong(key, value, "an array");
                })
                .orElse(JsonValue.EMPTY_JSON_ARRAY);
        return IntStream.range(0, array.size())
                .mapToObj(i -> object(key + "[" + i + "]", array.get(i)))
                .toList();
    }

    RepositoryException error(String key, String message) {
        return new RepositoryException(file + ": " + place(key) + ": " + message);
    }

    RepositoryException wrong(String key, JsonValue value, String expected) {
        return error(key, JsonText.kind(value) + "; " + expected + " is expected");
    }

    String place(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private JsonPlace object(String key, JsonValue value) {
        if (value instanceof JsonObject inner) {
            return new JsonPlace(file, place(key), inner);
        }
        throw wrong(key, value, "an object");
    }

    private Optional<JsonValue> value(String key) {
        return Optional.ofNullable(object.get(key));
    }
}
