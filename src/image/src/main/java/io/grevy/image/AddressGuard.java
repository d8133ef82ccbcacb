package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * Keeps clients from having this server ask where they could not ask themselves (SSRF).
 *
 * <p>A name is resolved here, once; every address it has is checked, and the caller connects to one of
 * those that are returned and to no other. A name that says one thing when checked and another when
 * connected to (DNS rebinding) therefore gains nothing. Each redirect comes through here again.
 * Thread-safe.
 */
final class AddressGuard {

    private static final Set<String> METADATA_NAMES =
            Set.of("metadata.google.internal", "metadata.goog", "metadata", "instance-data");

    private final AllowedDomains domains;
    private final Network network;

    AddressGuard(AllowedDomains domains, Network network) {
        this.domains = domains;
        this.network = network;
    }

    /** Refuses what can be refused without asking the network. */
    void check(WebUrl url) throws PictureException {
        if (domains.fetchingOff()) {
            throw refused("Fetching pictures is turned off here; send them as data URIs.");
        }
        String name = url.host().name();
        if (METADATA_NAMES.contains(name)) {
            throw refused("The host " + quoted(url) + " is a metadata service, which is never asked.");
        } else if (!domains.admits(url.host(), url.port())) {
            throw refused("The host " + quoted(url) + " is not among those that pictures may be fetched from.");
        }
        boolean listed = domains.lists(url.host(), url.port());
        if (!listed && (name.equals("localhost") || name.endsWith(".localhost"))) {
            throw refused("The host " + quoted(url) + " is not on the public internet.");
        }
        if (url.host().literal().isPresent()) {
            check(url, url.host().literal().get(), listed);
        }
    }

    /** The addresses that may be connected to for this URL, at least one; blocks for the lookup. */
    List<InetAddress> addresses(WebUrl url) throws PictureException {
        check(url);
        if (url.host().literal().isPresent()) {
            return List.of(url.host().literal().get());
        }
        List<InetAddress> addresses = resolve(url);
        boolean listed = domains.lists(url.host(), url.port());
        for (InetAddress address : addresses) {
            check(url, address, listed);
        }
        return addresses;
    }

    private List<InetAddress> resolve(WebUrl url) throws PictureException {
        try {
            List<InetAddress> addresses = network.resolve(url.host().name());
            if (!addresses.isEmpty()) {
                return addresses;
            }
        } catch (UnknownHostException e) {
            // Said below.
        }
        throw new PictureException(Reason.FETCH_FAILED, "The host " + quoted(url) + " has no address.");
    }

    /** The message does not repeat a resolved address: it would tell what a name means inside a network. */
    private static void check(WebUrl url, InetAddress address, boolean listed) throws PictureException {
        AddressKind kind = AddressKind.of(address);
        if (kind == AddressKind.FORBIDDEN) {
            throw refused("The host " + quoted(url) + " has an address that is never asked, such as a link-local one.");
        } else if (kind == AddressKind.INTERNAL && !listed) {
            throw refused("The host " + quoted(url) + " is not on the public internet.");
        }
    }

    private static String quoted(WebUrl url) {
        String host = url.host().toString();
        return host.length() <= 80 ? host : host.substring(0, 80) + "…";
    }

    private static PictureException refused(String message) {
        return new PictureException(Reason.FETCH_REFUSED, message);
    }
}
