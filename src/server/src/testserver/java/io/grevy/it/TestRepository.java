package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder with a config.json that a test changes. */
final class TestRepository {

    private final Path folder;
    private final Map<String, Path> models = new LinkedHashMap<>();

    TestRepository(Path folder) throws IOException {
        this.folder = folder;
        write();
    }

    Path config() {
        return folder.resolve("config.json");
    }

    TestRepository put(String name, Path base) {
        models.put(name, base);
        return this;
    }

    TestRepository remove(String name) {
        models.remove(name);
        return this;
    }

    /** Makes the file say what was put, at once. */
    void write() throws IOException {
        JsonArrayBuilder list = Json.createArrayBuilder();
        models.forEach((name, base) -> list.add(Json.createObjectBuilder()
                .add("config", Json.createObjectBuilder().add("name", name).add("base_path", base.toString()))));
        write(Json.createObjectBuilder().add("model_config_list", list).build().toString());
    }

    void write(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("config.json.new"), text);
        Files.move(fresh, config(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A copy of a fixture, which may be changed. */
    Path copy(String fixture, String target) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(target));
        try (var files = Files.list(Checkout.model("fixtures/" + fixture))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    static List<Path> fixtures(String... names) {
        return List.of(names).stream()
                .map(name -> Checkout.model("fixtures/" + name))
                .toList();
    }
}
