package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies of the environment, as curl and Python's clients read them: by the scheme of the address that is asked
 * for, and none for the hosts of {@code NO_PROXY}. Immutable.
 */
public final class Proxies {
    private final Optional<ProxyAddress> https;
    private final Optional<ProxyAddress> http;
    private final List<String> direct;

    private Proxies(Optional<ProxyAddress> https, Optional<ProxyAddress> http, List<String> direct) {
        this.https = https;
        this.http = http;
        this.direct = direct;
    }

    static Proxies of(Map<String, String> environment) throws HubException {
        return new Proxies(
                proxy(environment, "HTTPS_PROXY"),
                proxy(environment, "HTTP_PROXY"),
                Arrays.stream(value(environment, "NO_PROXY").orElse("").split(",", -1))
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .filter(host -> !host.isEmpty())
                        .toList());
    }

    /** The proxy for this address, if any. */
    Optional<ProxyAddress> proxyFor(URI uri) {
        return direct.stream().anyMatch(entry -> matches(entry, uri))
                ? Optional.empty()
                : "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    }

    /** For a client whose requests all go this way. */
    ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxyFor(uri)
                        .map(address -> new Proxy(
                                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port())))
                        .orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // The request fails, and says so.
            }
        };
    }

    private static boolean matches(String entry, URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        String pattern = entry.startsWith("*.") ? entry.substring(1) : entry;
        if (pattern.equals("*") || pattern.equals(host) || pattern.equals(host + ":" + uri.getPort())) {
            return true;
        }
        return host.endsWith(pattern.startsWith(".") ? pattern : "." + pattern) || pattern.equals("." + host);
    }

    private static Optional<ProxyAddress> proxy(Map<String, String> environment, String name) throws HubException {
        Optional<String> text = value(environment, name);
        return text.isEmpty() ? Optional.empty() : Optional.of(address(name, text.get()));
    }

    private static ProxyAddress address(String name, String text) throws HubException {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return new ProxyAddress(
                        uri.getHost(),
                        uri.getPort() < 0 ? 80 : uri.getPort(),
                        Optional.ofNullable(uri.getUserInfo()).map(ProxyLogin::parse));
            }
        } catch (IllegalArgumentException e) {
            // Falls through, without the text: it may hold a password.
        }
        throw new HubException(
                Reason.SETTING,
                name + ": a proxy such as http://proxy.example.org:3128 is expected; others are not supported");
    }

    // Both spellings are in use; the lower one comes first, as with curl.
    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(environment.get(name)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "https " + https + ", http " + http + ", none for " + direct;
    }
}
