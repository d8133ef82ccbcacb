package io.grevy.image;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where pictures may be fetched from: any public address, nowhere, or a list of hosts.
 *
 * <p>A list does two things: no other host is asked, and a listed host may have an internal address
 * (private, loopback, shared, …). Link-local addresses, which the metadata services of clouds have, are
 * refused even then. Immutable.
 */
public final class AllowedDomains {

    private enum Kind {
        ANY_PUBLIC,
        NONE,
        LISTED
    }

    /** A host, and a port or 0 for any. */
    private record Entry(String host, int port) {}

    private final Kind kind;
    private final Set<Entry> entries;

    private AllowedDomains(Kind kind, Set<Entry> entries) {
        this.kind = kind;
        this.entries = Set.copyOf(entries);
    }

    /**
     * Reads the setting.
     *
     * @param text empty or {@code all}: any public address; {@code none}: fetching is off; else hosts with
     *     commas between them, each a name or an address (IPv6 in brackets), with {@code :port} where only
     *     that port is meant. Names match exactly and without regard to case; international ones match
     *     their ASCII form. There are no wildcards
     * @throws IllegalArgumentException names the entry that is malformed
     */
    public static AllowedDomains parse(String text) {
        String trimmed = text.strip();
        switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "", "all":
                return new AllowedDomains(Kind.ANY_PUBLIC, Set.of());
            case "none":
                return new AllowedDomains(Kind.NONE, Set.of());
            default:
                Set<Entry> entries = new LinkedHashSet<>();
                for (String entry : trimmed.split(",", -1)) {
                    entries.add(entry(entry.strip()));
                }
                return new AllowedDomains(Kind.LISTED, entries);
        }
    }

    private static Entry entry(String text) {
        if (text.equalsIgnoreCase("none") || text.equalsIgnoreCase("all")) {
            throw malformed(text, "must stand alone");
        }
        if (text.contains("*")) {
            throw malformed(text, "has a wildcard; only exact host names are allowed");
        }
        if (text.contains("/") || text.contains("@")) {
            throw malformed(text, "must be a host or host:port, not a URL");
        }
        try {
            HostAndPort parts = HostAndPort.parse(text);
            return new Entry(parts.host().name(), parts.port().orElse(0));
        } catch (IllegalArgumentException e) {
            throw malformed(text, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException malformed(String entry, String why) {
        return new IllegalArgumentException("The allowed domain \"" + entry + "\" " + why
                + "; allowed are: nothing (any public address), none, or hosts such as"
                + " example.org,images.example.net:8443");
    }

    /** Whether nothing may be fetched at all. */
    boolean fetchingOff() {
        return kind == Kind.NONE;
    }

    /** Whether the host may be asked, as far as its name goes. */
    boolean admits(Host host, int port) {
        return kind == Kind.ANY_PUBLIC || lists(host, port);
    }

    /** Whether the host is on the list, and so may have an internal address. */
    boolean lists(Host host, int port) {
        return entries.contains(new Entry(host.name(), 0)) || entries.contains(new Entry(host.name(), port));
    }

    /** The setting in the form that {@link #parse} takes. */
    @Override
    public String toString() {
        return switch (kind) {
            case ANY_PUBLIC -> "";
            case NONE -> "none";
            case LISTED ->
                entries.stream()
                        .map(e -> (e.host().indexOf(':') >= 0 ? "[" + e.host() + "]" : e.host())
                                + (e.port() == 0 ? "" : ":" + e.port()))
                        .sorted()
                        .collect(Collectors.joining(","));
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedDomains that && kind == that.kind && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + entries.hashCode();
    }
}
