package io.grevy.repository;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** An object within a JSON file that knows its place, so that each error can name it. */
public record JsonPlace(Path file, String path, JsonObject object) {

    public static JsonPlace of(Path file) {
        return new JsonPlace(file, "", JsonText.readFile(file));
    }

    /** @throws RepositoryException naming the first key that is not among these */
    public void allow(Set<String> keys) {
        object.keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw error(
                    key,
                    "unknown; known here: "
                            + String.join(", ", keys.stream().sorted().toList()));
        });
    }

    public String string(String key) {
        return optionalString(key).orElseThrow(() -> error(key, "missing"));
    }

    public Optional<String> optionalString(String key) {
        return value(key).map(value -> {
            if (value instanceof JsonString string && !string.getString().isBlank()) {
                return string.getString();
            }
            throw wrong(key, value, "a string that is not empty");
        });
    }

    public Optional<JsonPlace> optionalObject(String key) {
        return value(key).map(value -> object(key, value));
    }

    public JsonPlace object(String key) {
        return optionalObject(key).orElseThrow(() -> error(key, "missing"));
    }

    /**
     * The name at {@code name}, which nothing has yet.
     *
     * @param places where each name stood so far; this one is added
     */
    public String newName(Map<String, String> places) {
        String name = string("name");
        String place = place("name");
        String earlier = places.putIfAbsent(name, place);
        if (earlier != null) {
            throw error("name", "'" + name + "' is the name at " + earlier + " already");
        }
        return name;
    }

    /** The objects of the array at a key; none where the key is absent. */
    public List<JsonPlace> objects(String key) {
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

    /** The strings of the array at a key, none of them empty; absent where the key is. */
    public Optional<List<String>> optionalStrings(String key) {
        return value(key).map(value -> {
            if (value instanceof JsonArray list
                    && list.stream()
                            .allMatch(entry -> entry instanceof JsonString string
                                    && !string.getString().isBlank())) {
                return list.getValuesAs(JsonString::getString);
            }
            throw wrong(key, value, "an array of strings that are not empty");
        });
    }

    /** The whole number at a key, from least to most; absent where the key is. */
    public OptionalLong optionalNumber(String key, long least, long most) {
        Optional<JsonValue> value = value(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof JsonNumber number && number.isIntegral()) {
            BigInteger exact = number.bigIntegerValue();
            if (exact.compareTo(BigInteger.valueOf(least)) >= 0 && exact.compareTo(BigInteger.valueOf(most)) <= 0) {
                return OptionalLong.of(exact.longValue());
            }
        }
        throw error(key, value.get() + "; a whole number from " + least + " to " + most + " is expected");
    }

    public RepositoryException error(String key, String message) {
        return new RepositoryException(file + ": " + place(key) + ": " + message);
    }

    public RepositoryException wrong(String key, JsonValue value, String expected) {
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
