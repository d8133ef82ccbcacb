package io.grevy.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables of the tools: those of this process (HF_*, proxies), with some set or taken away. */
record ToolVariables(Map<String, String> inherited) {
    private static final List<String> TAKEN_AWAY = List.of("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_USER");
    private static final Map<String, String> SET = Map.of(
            "DO_NOT_TRACK", "1",
            "HF_HUB_DISABLE_TELEMETRY", "1",
            "PIP_DISABLE_PIP_VERSION_CHECK", "1",
            "PYTHONNOUSERSITE", "1",
            "PYTHONUNBUFFERED", "1",
            "PYTHONUTF8", "1");

    ToolVariables {
        inherited = Map.copyOf(inherited);
    }

    /** The text of one of this process's own; empty where it is unset or blank. */
    Optional<String> get(String name) {
        return Optional.ofNullable(inherited.get(name)).filter(text -> !text.isBlank());
    }

    /** @param temporary where a tool may keep what it needs while it runs */
    void apply(Map<String, String> environment, Path temporary) {
        environment.clear();
        environment.putAll(inherited);
        TAKEN_AWAY.forEach(environment::remove);
        environment.putAll(SET);
        environment.put("TMPDIR", temporary.toString());
        // Tracing a model warns at every turn, and nobody who exports can do anything about it.
        environment.putIfAbsent("PYTHONWARNINGS", "ignore");
    }
}
