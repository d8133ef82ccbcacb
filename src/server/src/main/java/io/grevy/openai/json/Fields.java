package io.grevy.openai.json;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/**
 * An object and where it stands; its path is empty for the body itself. A member that is null counts as absent.
 */
public record Fields(String path, JsonObject object) {

    public Optional<Field> optional(String name) {
        JsonValue value = object.get(name);
        return value == null || value == JsonValue.NULL
                ? Optional.empty()
                : Optional.of(new Field(pathOf(name), value));
    }

    public Field required(String name) {
        return optional(name).orElseThrow(() -> {
            String path = pathOf(name);
            return ApiException.at(path, ErrorCode.MISSING_REQUIRED_PARAMETER, path + " is required.");
        });
    }

    /** The names of all members, those that are null included. */
    public Set<String> names() {
        return object.keySet();
    }

    /** Refuses members of other names than these. */
    public void allowOnly(Set<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw unknown(name);
            }
        }
    }

    public ApiException unknown(String name) {
        String path = pathOf(Shown.text(name));
        return ApiException.at(
                path, ErrorCode.UNKNOWN_PARAMETER, "Unrecognized request argument supplied: " + path + ".");
    }

    /** @param but what is accepted, as in "only as false"; empty if nothing is */
    public ApiException unsupported(String name, String but) {
        String path = pathOf(name);
        String message = but.isEmpty() ? path + " is not supported yet." : path + " is supported " + but + ".";
        return ApiException.at(path, ErrorCode.UNSUPPORTED_PARAMETER, message);
    }

    /** The error of a member that another one rules out. @param rule as in "cannot be combined with stream" */
    public ApiException excludes(String name, String rule) {
        return new Field(pathOf(name), object.getOrDefault(name, JsonValue.NULL)).invalid(rule);
    }

    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
