package io.grevy.keys;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do, besides asking whether the server is well. */
public enum Permission {
    /** Ask models, and see the list and states of those that it may ask. */
    INFERENCE,
    /** Read the metrics of all models and tenants. */
    METRICS,
    /** Have the configuration read anew. */
    ADMIN;

    /** Its name in files and tokens. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Permission> of(String wireName) {
        return Arrays.stream(values())
                .filter(permission -> permission.wireName().equals(wireName))
                .findFirst();
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Permission::wireName).toList();
    }
}
