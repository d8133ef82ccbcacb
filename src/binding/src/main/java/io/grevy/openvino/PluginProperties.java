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
        } else {
            throw new IllegalArgumentException("property " + name
                    + " must be a String, Boolean, Integer, Long or Double, is a "
                    + value.getClass().getName());
        }
    }
}
