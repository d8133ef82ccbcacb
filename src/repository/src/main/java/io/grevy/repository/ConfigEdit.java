package io.grevy.repository;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes which models a config.json names. What else is in the file stays as it is, unknown members too; a server that
 * reads it meanwhile sees either the old file or the new one; of several writers each waits for the one before.
 */
public final class ConfigEdit {
    private static final String MODELS = "model_config_list";
    private static final String GRAPHS = "mediapipe_config_list";
    private static final String NAME = "name";
    private static final String BASE_PATH = "base_path";

    private ConfigEdit() {}

    /**
     * Names a model: in place of an entry of the same name, else as the last one. Makes the file where there is none.
     *
     * @param basePath the model's folder; written as a path from the file's folder where it lies below that
     * @throws RepositoryException naming what is wrong with the name or the file, or why it cannot be written
     */
    public static void add(Path configJson, String name, Path basePath) {
        ModelName.check(name);
        LockedFile.edit(configJson, file -> {
            JsonPlace root =
                    Files.exists(file) ? JsonPlace.of(file) : new JsonPlace(file, "", JsonValue.EMPTY_JSON_OBJECT);
            Optional<Place> place = find(root, name);
            String folder = text(file, basePath);
            String list = place.map(Place::list).orElse(MODELS);
            JsonObject entry = list.equals(GRAPHS) ? graph(name, folder) : model(name, folder);
            return Optional.of(with(root.object(), list, entries -> {
                JsonArrayBuilder changed = Json.createArrayBuilder(entries.asJsonArray());
                return place.map(at -> changed.set(at.index(), entry))
                        .orElseGet(() -> changed.add(entry))
                        .build();
            }));
        });
    }

    /**
     * Takes a model out.
     *
     * @return whether the file named it
     * @throws RepositoryException naming what is wrong with the file, or why it cannot be written
     */
    public static boolean remove(Path configJson, String name) {
        return LockedFile.edit(configJson, file -> {
            JsonPlace root = JsonPlace.of(file);
            return find(root, name)
                    .map(place -> with(
                            root.object(),
                            place.list(),
                            entries -> Json.createArrayBuilder(entries.asJsonArray())
                                    .remove(place.index())
                                    .build()));
        });
    }

    /** Where an entry stands. */
    private record Place(String list, int index) {}

    /** Looks at every entry's name, so that a file in which one comes twice is not edited. */
    private static Optional<Place> find(JsonPlace root, String name) {
        Map<String, String> seen = new HashMap<>();
        Optional<Place> found = Optional.empty();
        for (String list : List.of(MODELS, GRAPHS)) {
            List<JsonPlace> entries = root.objects(list);
            for (int i = 0; i < entries.size(); i++) {
                JsonPlace entry = list.equals(MODELS) ? entries.get(i).object("config") : entries.get(i);
                String named = entry.newName(seen);
                if (named.equals(name)) {
                    found = Optional.of(new Place(list, i));
                }
            }
        }
        return found;
    }

    private static JsonObject with(JsonObject root, String list, UnaryOperator<JsonValue> change) {
        JsonValue entries = root.getOrDefault(list, JsonValue.EMPTY_JSON_ARRAY);
        JsonObjectBuilder changed = Json.createObjectBuilder(root);
        return changed.add(list, change.apply(entries)).build();
    }

    private static JsonObject model(String name, String folder) {
        return Json.createObjectBuilder().add("config", graph(name, folder)).build();
    }

    private static JsonObject graph(String name, String folder) {
        return Json.createObjectBuilder().add(NAME, name).add(BASE_PATH, folder).build();
    }

    private static String text(Path file, Path basePath) {
        Path folder = file.resolveSibling("").normalize();
        Path base = basePath.toAbsolutePath().normalize();
        if (base.equals(folder)) {
            return ".";
        }
        return (base.startsWith(folder) ? folder.relativize(base) : base).toString();
    }
}
