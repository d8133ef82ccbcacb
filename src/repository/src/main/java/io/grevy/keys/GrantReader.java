package io.grevy.keys;

import io.grevy.repository.JsonPlace;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what an entry of the file allows. */
final class GrantReader {

    static final String TENANT = "tenant";
    static final String MODELS = "models";
    static final String PERMISSIONS = "permissions";
    static final String LIMITS = "limits";
    static final String PRIORITY = "priority";
    static final String REQUESTS = "requests_per_minute";
    static final String PROMPT_TOKENS = "prompt_tokens_per_minute";
    static final String GENERATED_TOKENS = "generated_tokens_per_minute";
    static final String PICTURES = "pictures_per_minute";
    static final String CONCURRENT = "concurrent_requests";

    static final Set<String> MEMBERS = Set.of(TENANT, MODELS, PERMISSIONS, LIMITS, PRIORITY);

    private static final long MOST = 1_000_000_000_000L;

    private GrantReader() {}

    /** @throws io.grevy.repository.RepositoryException naming the place and what is wrong there */
    static Grant read(JsonPlace entry, String name) {
        return new Grant(
                name,
                entry.optionalString(TENANT).orElse(name),
                entry.optionalStrings(MODELS).map(ModelNames::new).orElseGet(ModelNames::all),
                permissions(entry),
                entry.optionalObject(LIMITS).map(GrantReader::limits).orElseGet(Limits::none),
                (int) entry.optionalNumber(PRIORITY, Grant.LEAST_PRIORITY, Grant.MOST_PRIORITY)
                        .orElse(0));
    }

    private static Set<Permission> permissions(JsonPlace entry) {
        Optional<List<String>> names = entry.optionalStrings(PERMISSIONS);
        if (names.isEmpty()) {
            return Set.of(Permission.INFERENCE);
        }
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String name : names.get()) {
            permissions.add(Permission.of(name)
                    .orElseThrow(() -> entry.error(
                            PERMISSIONS,
                            "'" + name + "' is none; there are " + String.join(", ", Permission.wireNames()))));
        }
        return permissions;
    }

    private static Limits limits(JsonPlace limits) {
        limits.allow(Set.of(REQUESTS, PROMPT_TOKENS, GENERATED_TOKENS, PICTURES, CONCURRENT));
        return new Limits(
                limits.optionalNumber(REQUESTS, 1, MOST),
                limits.optionalNumber(PROMPT_TOKENS, 1, MOST),
                limits.optionalNumber(GENERATED_TOKENS, 1, MOST),
                limits.optionalNumber(PICTURES, 1, MOST),
                limits.optionalNumber(CONCURRENT, 1, MOST));
    }
}
