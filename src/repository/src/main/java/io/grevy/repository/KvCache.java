package io.grevy.repository;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The precision of the KV cache: a device property with a setting of its own. */
final class KvCache {
    static final String PROPERTY = "KV_CACHE_PRECISION";

    // Which of them a device has is the device's word, at load.
    private static final Set<String> PRECISIONS = new TreeSet<>(Set.of("bf16", "f16", "f32", "i4", "i8", "u4", "u8"));

    private KvCache() {}

    static String precision(String text, String where) {
        if (!PRECISIONS.contains(text)) {
            throw new RepositoryException(where + " '" + text + "': allowed are " + String.join(", ", PRECISIONS));
        }
        return text;
    }

    static Map<String, Object> with(String precision, Map<String, Object> plugin) {
        Map<String, Object> both = new LinkedHashMap<>(plugin);
        both.put(PROPERTY, precision);
        return both;
    }
}
