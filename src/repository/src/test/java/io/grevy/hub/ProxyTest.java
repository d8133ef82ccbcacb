package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulling through a proxy that wants a login. */
@Timeout(60)
class ProxyTest {
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString(new byte[] {'m', 'e', ':', 'x', 'y'});

    private final List<String> forwarded = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer proxy = listening();

    @TempDir
    Path repository = Path.of("");

    private Pulls pulls = new Pulls(repository);

    @BeforeEach
    void start() {
        pulls.close();
        pulls = new Pulls(repository).holding(Pulls.files(23));
        proxy.setExecutor(threads);
        proxy.createContext("/", this::forward);
        proxy.start();
    }

    @AfterEach
    void end() {
        pulls.close();
        proxy.stop(0);
        threads.shutdownNow();
    }

    @Test
    void goesThroughTheProxyWithItsLogin() throws Exception {
        pulls.pull(pulls.request(Pulls.MODEL), Map.of("HTTP_PROXY", "http://me:xy@" + address()));

        assertThat(Pulls.content(pulls.folder())).isEqualTo(Pulls.pulled(Pulls.files(23)));
        assertThat(forwarded).hasSameSizeAs(pulls.hub.requests()).isNotEmpty();
    }

    @Test
    void saysThatTheProxyWantsALogin() {
        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HTTP_PROXY", "http://" + address())))
                .isInstanceOf(HubException.class)
                .hasMessage("the proxy wants a login: HTTPS_PROXY=http://<user>:<password>@<host>:<port>");
        assertThat(forwarded).isEmpty();
    }

    @Test
    void namesAProxyThatIsNotThere() {
        proxy.stop(0);

        assertThatThrownBy(() -> pulls.pull(pulls.request(Pulls.MODEL), Map.of("HTTP_PROXY", "http://" + address())))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(" through the proxy " + address() + " cannot be reached: ");
    }

    private String address() {
        return "127.0.0.1:" + proxy.getAddress().getPort();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!LOGIN.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
                exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
                exchange.sendResponseHeaders(407, -1);
                return;
            }
            forwarded.add(exchange.getRequestURI().toString());
            HttpURLConnection onward =
                    (HttpURLConnection) exchange.getRequestURI().toURL().openConnection(Proxy.NO_PROXY);
            onward.setInstanceFollowRedirects(false);
            int status = onward.getResponseCode();
            for (String name : List.of("Location", "Content-Type", "X-Linked-Etag")) {
                if (onward.getHeaderField(name) != null) {
                    exchange.getResponseHeaders().set(name, onward.getHeaderField(name));
                }
            }
            byte[] body = onward.getInputStream().readAllBytes();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
