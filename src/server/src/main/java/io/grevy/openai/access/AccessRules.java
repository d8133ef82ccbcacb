package io.grevy.openai.access;

import io.grevy.keys.Permission;
import java.util.Optional;
import java.util.Set;

/** Which path asks for what. What is not named here, and so whatever will be added, asks for a key that may infer. */
final class AccessRules {

    /** For whoever looks after the server: they tell whether it is well, and nothing else. */
    private static final Set<String> OPEN = Set.of("v2/health/live", "v2/health/ready");

    private static final Set<String> LISTINGS = Set.of("v1/config", "v3/models", "v2", "openapi", "openapi/ui");

    private AccessRules() {}

    /**
     * What a path asks for.
     *
     * @param open whether it asks for nothing
     * @param permission what a key needs besides being one
     */
    record Rule(boolean open, Optional<Permission> permission) {

        private static Rule of(Permission permission) {
            return new Rule(false, Optional.of(permission));
        }
    }

    /** @param path from the root, under {@code v3} where that is the same as {@code v1} */
    static Rule of(String method, String path) {
        String plain = plain(path);
        if (OPEN.contains(plain) || isRead(method) && isPage(plain)) {
            return new Rule(true, Optional.empty());
        } else if (plain.equals("v1/config/reload")) {
            return Rule.of(Permission.ADMIN);
        } else if (plain.equals("metrics") || plain.startsWith("metrics/") || plain.startsWith("ibm/")) {
            return Rule.of(Permission.METRICS);
        } else if (isRead(method) && isListing(plain)) {
            return new Rule(false, Optional.empty());
        }
        return Rule.of(Permission.INFERENCE);
    }

    /** As Jakarta REST matches it: without parameters within it. */
    private static String plain(String path) {
        return path.replaceAll(";[^/]*", "").replaceAll("/+", "/").replaceAll("^/|/$", "");
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /** The page's own files are the same for everybody; what they ask for then asks for a key. */
    private static boolean isPage(String path) {
        return path.isEmpty() || path.matches("page/[^/]+");
    }

    private static boolean isListing(String path) {
        return LISTINGS.contains(path)
                || path.startsWith("v3/models/")
                || path.startsWith("v2/models/")
                || path.startsWith("openapi/");
    }
}
