package io.grevy.keys;

import io.grevy.repository.JsonPlace;
import io.grevy.repository.RepositoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file of API keys: {@code {"keys": [{"name", "sha256", …}]}}, as docs/security.md describes it.
 *
 * @param entries of different names and hashes; those of one tenant have the same limits
 */
public record KeyFile(List<KeyEntry> entries) {

    static final String KEYS = "keys";
    static final String NAME = "name";
    static final String SHA256 = "sha256";
    static final String EXPIRES = "expires";

    public KeyFile {
        entries = List.copyOf(entries);
    }

    /** @throws RepositoryException naming the place and what is wrong there */
    public static KeyFile read(Path file) {
        KeyFile keys = of(JsonPlace.of(file));
        if (keys.entries.isEmpty()) {
            throw new RepositoryException(file + ": " + KEYS + ": empty; with no key nobody could ask anything");
        }
        return keys;
    }

    static KeyFile of(JsonPlace root) {
        root.allow(Set.of(KEYS));
        Map<String, String> names = new HashMap<>();
        Map<String, Limits> limits = new HashMap<>();
        Set<String> hashes = new HashSet<>();
        List<KeyEntry> entries = new ArrayList<>();
        for (JsonPlace place : root.objects(KEYS)) {
            KeyEntry entry = entry(place, names);
            if (!hashes.add(entry.sha256())) {
                throw place.error(SHA256, "another entry has the same key");
            }
            Grant grant = entry.grant();
            Limits first = limits.putIfAbsent(grant.tenant(), grant.limits());
            if (first != null && !first.equals(grant.limits())) {
                throw place.error(
                        GrantReader.LIMITS, "another key of the tenant '" + grant.tenant() + "' has other limits");
            }
            entries.add(entry);
        }
        return new KeyFile(entries);
    }

    /** Whose key this is, if anybody's; it looks at every entry, whichever it may be. */
    public Optional<Grant> grantOf(ApiKey key, Instant now) {
        byte[] hash = key.hash();
        Optional<Grant> found = Optional.empty();
        for (KeyEntry entry : entries) {
            if (entry.matches(hash) && entry.validAt(now)) {
                found = Optional.of(entry.grant());
            }
        }
        return found;
    }

    private static KeyEntry entry(JsonPlace place, Map<String, String> names) {
        Set<String> known = new HashSet<>(GrantReader.MEMBERS);
        known.addAll(Set.of(NAME, SHA256, EXPIRES));
        place.allow(known);
        String name = place.newName(names);
        String sha256 = place.string(SHA256);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw place.error(
                    SHA256, "not a SHA-256 in 64 lower-case hexadecimal digits; 'grevy key' makes a key and its entry");
        }
        return new KeyEntry(
                GrantReader.read(place, name),
                sha256,
                place.optionalString(EXPIRES).map(text -> instant(place, text)));
    }

    private static Instant instant(JsonPlace place, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw place.error(EXPIRES, "'" + text + "' is not a time as 2027-01-31T00:00:00Z");
        }
    }
}
