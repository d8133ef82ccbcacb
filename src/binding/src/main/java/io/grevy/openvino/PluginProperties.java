package io.grevy.openvino;

import java.util.Map;

/** A model's properties for the engine and its device plugin; these know their names and refuse unknown ones. */
final class PluginProperties {
    private PluginProperties() {}

    /** The caller closes it. */
    static GenAi.Options of(Map<String, Object> properties) {
        GenAi.Options options = new GenAi.Options();
        try {
            properties.forEach((name, value) -> put(options, name, value));
            return options;
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** Loads a draft model, if there is one. */
    static void speculate(GenAi.Options options, Speculation speculation) {
        if (speculation instanceof Speculation.PromptLookup) {
            put(options, "prompt_lookup", true);
        } else if (speculation instanceof Speculation.DraftModel draft) {
            byte[] folder = Utf8.encode(draft.folder().toString());
            byte[] device = Utf8.encode(draft.device());
            try (GenAi.Scheduling scheduling = draft.scheduler().toNative(0)) {
                options.putDraftModel(folder, folder.length, device, device.length, scheduling);
            }
        }
    }

    private static void put(GenAi.Options options, String name, Object value) {
        byte[] key = Utf8.encode(name);
        if (value instanceof String text) {
            byte[] bytes = Utf8.encode(text);
            options.putText(key, key.length, bytes, bytes.length);
        } else if (value instanceof Boolean flag) {
            options.putBoolean(key, key.length, flag);
        } else if (value instanceof Long || value instanceof Integer) {
            options.putLong(key, key.length, ((Number) value).longValue());
        } else if (value instanceof Double number) {
            options.putDouble(key, key.length, number);
        } else if (value instanceof Map<?, ?> map) {
            try (GenAi.Options inner = new GenAi.Options()) {
                map.forEach((innerName, innerValue) -> put(inner, innerName.toString(), innerValue));
                options.putAll(key, key.length, inner);
            }
        } else {
            throw new IllegalArgumentException("property " + name
                    + " must be a String, Boolean, Integer, Long, Double or a Map, is a "
                    + value.getClass().getName());
        }
    }
}
