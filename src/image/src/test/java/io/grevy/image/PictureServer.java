package io.grevy.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server with pictures and with bad manners, on a free port of this machine. */
final class PictureServer implements AutoCloseable {

    static final byte[] PICTURE = Samples.bytes("rgb.png");

    final List<Map<String, List<String>>> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    PictureServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        on("/cat.png", exchange -> send(exchange, 200, PICTURE));
        on("/chunked.png", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(PICTURE);
        });
        on("/status/", exchange -> send(exchange, number(exchange), PICTURE));
        on("/hops/", exchange -> {
            int left = number(exchange);
            redirect(exchange, left > 1 ? "/hops/" + (left - 1) : "/cat.png");
        });
        on("/to", exchange -> redirect(exchange, exchange.getRequestURI().getQuery()));
        on(
                "/html",
                exchange -> send(exchange, 200, "<!DOCTYPE html><html></html>".getBytes(StandardCharsets.US_ASCII)));
        on("/empty", exchange -> exchange.sendResponseHeaders(200, -1));
        on("/short", exchange -> {
            exchange.sendResponseHeaders(200, PICTURE.length + 10);
            exchange.getResponseBody().write(PICTURE);
        });
        on("/large", exchange -> {
            exchange.sendResponseHeaders(200, 1 << 30);
            pour(exchange.getResponseBody());
        });
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            pour(exchange.getResponseBody());
        });
        on("/slow-body", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody());
        });
        on("/slow-head", exchange -> sleep(60_000));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            requests.add(Map.copyOf(exchange.getRequestHeaders()));
            try (exchange) {
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private static int number(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return Integer.parseInt(path, path.lastIndexOf('/') + 1, path.length(), 10);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean empty = status == 204 || status == 304;
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void pour(OutputStream out) throws IOException {
        byte[] block = new byte[8192];
        for (int i = 0; i < 1 << 17; i++) {
            out.write(block);
        }
    }

    private static void drip(OutputStream out) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            out.write(PICTURE[i % PICTURE.length]);
            out.flush();
            sleep(100);
        }
    }

    private static void sleep(int millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
