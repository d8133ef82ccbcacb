package io.grevy.keys;

import java.util.Set;

/**
 * What a caller is, and what it may do.
 *
 * @param name of the key or the token's subject, for logs
 * @param tenant whose limits it shares, and to whom its use is counted
 * @param models which it may ask
 * @param limits of the tenant
 * @param priority whose requests run first where several wait: those of the higher one
 */
public record Grant(
        String name, String tenant, ModelNames models, Set<Permission> permissions, Limits limits, int priority) {

    public static final int LEAST_PRIORITY = -100;
    public static final int MOST_PRIORITY = 100;

    public Grant {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
