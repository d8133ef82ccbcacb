package io.grevy.keys;

import io.grevy.repository.JsonPlace;
import io.grevy.repository.LockedFile;
import io.grevy.repository.RepositoryException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Changes the file of API keys; a server that runs takes it up by itself. What else is in the file stays as it is. */
public final class KeyEdit {

    private KeyEdit() {}

    /**
     * Adds an entry. Makes the file, readable by its owner alone, where there is none.
     *
     * @throws RepositoryException if there is a key of this name already, or the file is wrong or can't be written
     */
    public static void add(Path file, KeyEntry entry) {
        boolean fresh = !Files.exists(file);
        LockedFile.edit(file, path -> {
            List<JsonPlace> entries = entries(path);
            if (indexOf(entries, entry.grant().name()) >= 0) {
                throw new RepositoryException(
                        path + ": there is a key of the name '" + entry.grant().name() + "' already");
            }
            JsonArrayBuilder all = Json.createArrayBuilder();
            entries.forEach(place -> all.add(place.object()));
            JsonObject changed = with(path, all.add(json(entry)));
            KeyFile.of(new JsonPlace(path, "", changed)); // refused before it is written
            return Optional.of(changed);
        });
        if (fresh) {
            restrict(file);
        }
    }

    /**
     * Takes an entry out.
     *
     * @return whether there was one of this name
     * @throws RepositoryException if the file is wrong or can't be written
     */
    public static boolean remove(Path file, String name) {
        return LockedFile.edit(file, path -> {
            List<JsonPlace> entries = entries(path);
            int index = indexOf(entries, name);
            if (index < 0) {
                return Optional.empty();
            }
            JsonArrayBuilder left = Json.createArrayBuilder();
            entries.forEach(place -> left.add(place.object()));
            return Optional.of(with(path, left.remove(index)));
        });
    }

    private static List<JsonPlace> entries(Path file) {
        return Files.exists(file) ? JsonPlace.of(file).objects(KeyFile.KEYS) : List.of();
    }

    private static int indexOf(List<JsonPlace> entries, String name) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).string(KeyFile.NAME).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static JsonObject with(Path file, JsonArrayBuilder entries) {
        JsonObject root = Files.exists(file) ? JsonPlace.of(file).object() : JsonValue.EMPTY_JSON_OBJECT;
        return Json.createObjectBuilder(root).add(KeyFile.KEYS, entries).build();
    }

    private static JsonObject json(KeyEntry entry) {
        Grant grant = entry.grant();
        JsonObjectBuilder json =
                Json.createObjectBuilder().add(KeyFile.NAME, grant.name()).add(KeyFile.SHA256, entry.sha256());
        if (!grant.tenant().equals(grant.name())) {
            json.add(GrantReader.TENANT, grant.tenant());
        }
        json.add(GrantReader.MODELS, Json.createArrayBuilder(grant.models().patterns()));
        json.add(
                GrantReader.PERMISSIONS,
                Json.createArrayBuilder(grant.permissions().stream()
                        .map(Permission::wireName)
                        .sorted()
                        .toList()));
        JsonObject limits = json(grant.limits());
        if (!limits.isEmpty()) {
            json.add(GrantReader.LIMITS, limits);
        }
        if (grant.priority() != 0) {
            json.add(GrantReader.PRIORITY, grant.priority());
        }
        entry.expires().ifPresent(time -> json.add(KeyFile.EXPIRES, time.toString()));
        return json.build();
    }

    private static JsonObject json(Limits limits) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        add(json, GrantReader.REQUESTS, limits.requests());
        add(json, GrantReader.PROMPT_TOKENS, limits.promptTokens());
        add(json, GrantReader.GENERATED_TOKENS, limits.generatedTokens());
        add(json, GrantReader.PICTURES, limits.pictures());
        add(json, GrantReader.CONCURRENT, limits.concurrent());
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String member, OptionalLong number) {
        number.ifPresent(value -> json.add(member, value));
    }

    private static void restrict(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new RepositoryException(file + ": its rights cannot be set (" + e.getMessage() + ")", e);
        }
    }
}
