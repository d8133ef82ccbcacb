package io.grevy.repository;

import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A config.json in OVMS's form, read without looking at the models that it names. */
record ConfigFile(List<ModelLocation> models) {

    static ConfigFile read(Path path) {
        JsonPlace root = JsonPlace.of(path.toAbsolutePath().normalize());
        root.allow(Set.of("model_config_list", "mediapipe_config_list", "monitoring"));
        root.optionalObject("monitoring").ifPresent(Monitoring::check);
        Reader reader = new Reader();
        root.objects("model_config_list").forEach(reader::model);
        root.objects("mediapipe_config_list").forEach(reader::graph);
        return new ConfigFile(List.copyOf(reader.models));
    }

    private static final class Reader {
        private final List<ModelLocation> models = new ArrayList<>();
        private final Map<String, String> places = new HashMap<>();

        void model(JsonPlace entry) {
            entry.allow(Set.of("config"));
            JsonPlace config = entry.object("config");
            config.allow(Set.of("name", "base_path", "graph_path"));
            add(config, config.string("base_path"));
        }

        void graph(JsonPlace entry) {
            entry.allow(Set.of("name", "base_path", "graph_path", "subconfig"));
            Path base = add(entry, entry.optionalString("base_path").orElse(entry.string("name")));
            subconfig(entry, base);
        }

        private Path add(JsonPlace entry, String basePath) {
            String name = entry.newName(places);
            Path base = entry.file().resolveSibling(basePath).normalize();
            Optional<Path> graph = entry.optionalString("graph_path")
                    .map(text -> base.resolve(text).normalize());
            models.add(new ModelLocation(name, base, graph));
            return base;
        }

        // A served graph has one node and needs no models beside it; OVMS too allows the file to be absent.
        private static void subconfig(JsonPlace entry, Path base) {
            Path file = base.resolve(entry.optionalString("subconfig").orElse("subconfig.json"));
            if (Files.isRegularFile(file)
                    && !JsonPlace.of(file).objects("model_config_list").isEmpty()) {
                throw entry.error("subconfig", file + " names models; graphs over several models are not served");
            }
        }
    }

    /** Metrics are always on and have the names of Grevy; a file that counts on anything else is refused. */
    private static final class Monitoring {
        static void check(JsonPlace monitoring) {
            monitoring.allow(Set.of("metrics"));
            monitoring.optionalObject("metrics").ifPresent(metrics -> {
                metrics.allow(Set.of("enable"));
                if (!JsonValue.TRUE.equals(metrics.object().getOrDefault("enable", JsonValue.TRUE))) {
                    throw metrics.error("enable", "metrics are always on; only true is allowed");
                }
            });
        }
    }
}
