package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Requests to the hub and to where it redirects. The token goes to the hub alone; from https nothing is followed to
 * http. Thread-safe.
 */
final class HubConnection {
    private static final int MOST_REDIRECTS = 8;

    private final HubSettings settings;
    private final HttpClient client;

    HubConnection(HubSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience())
                .proxy(settings.proxies().selector())
                .build();
    }

    /**
     * Sends a GET, follows its redirects, and gives the answer, whatever its status.
     *
     * @param from the first byte that is wanted, where not all are
     */
    HubResponse get(URI uri, OptionalLong from) throws HubException, InterruptedException {
        URI at = uri;
        Optional<String> linkedEtag = Optional.empty();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<ResponseBody> response = send(at, from);
            linkedEtag = linkedEtag.or(() -> response.headers().firstValue("X-Linked-Etag"));
            Optional<String> location = Redirects.location(response);
            if (location.isEmpty()) {
                return new HubResponse(at, isHub(at), response, linkedEtag);
            }
            response.body().close();
            at = Redirects.target(at, location.get());
        }
        throw new HubException(
                Reason.UNEXPECTED_ANSWER, uri + ": more than " + MOST_REDIRECTS + " redirects follow one another");
    }

    private HttpResponse<ResponseBody> send(URI uri, OptionalLong from) throws HubException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(settings.patience())
                .header("User-Agent", "grevy")
                // Else text files come compressed, and neither their size nor a range of them means anything.
                .header("Accept-Encoding", "identity");
        from.ifPresent(first -> request.header("Range", "bytes=" + first + "-"));
        if (isHub(uri)) {
            settings.token().ifPresent(token -> request.header("Authorization", token.authorization()));
        }
        // Not by an authenticator: with one, an answer that refuses without naming a scheme is no answer to the client.
        settings.proxies()
                .proxyFor(uri)
                .flatMap(ProxyAddress::login)
                .ifPresent(login -> request.header("Proxy-Authorization", login.authorization()));
        try {
            return client.send(request.build(), head -> new ResponseBody());
        } catch (IOException e) {
            throw ConnectionErrors.of(e, uri, settings.proxies().proxyFor(uri).map(ProxyAddress::toString));
        }
    }

    private boolean isHub(URI uri) {
        URI hub = settings.endpoint();
        return hub.getScheme().equalsIgnoreCase(uri.getScheme())
                && hub.getHost().equalsIgnoreCase(uri.getHost())
                && port(hub) == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
