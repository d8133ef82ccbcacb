package io.grevy.testhub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes one answer, with or without something wrong. */
record HubAnswer(HttpExchange exchange, HubRequest request) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
    private static final int CHUNK = 16 * 1024;

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    String query() {
        return exchange.getRequestURI().getQuery();
    }

    void status(int status, Map<String, String> headers, String body) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = body.getBytes(UTF_8);
        if (head() || bytes.length == 0) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A file, or the range of it that was asked for. */
    void file(byte[] bytes, @Nullable Fault fault) throws IOException {
        if (fault instanceof Fault.Status status) {
            status(status.status(), status.headers(), status.body());
            return;
        }
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        int from = range.matches() && !(fault instanceof Fault.NoRange) ? Integer.parseInt(range.group(1)) : 0;
        if (range.matches() && from >= bytes.length) {
            status(416, Map.of("Content-Range", "bytes */" + bytes.length), "");
            return;
        }
        if (from > 0) {
            int told = fault instanceof Fault.OtherRange ? from - 1 : from;
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(told, bytes.length - 1, bytes.length));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        body(from > 0 ? 206 : 200, bytes, from, fault);
    }

    private void body(int status, byte[] bytes, int from, @Nullable Fault fault) throws IOException {
        int length = bytes.length - from;
        if (head() || length == 0) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, length);
        OutputStream out = exchange.getResponseBody();
        if (fault instanceof Fault.CutAfter cut) {
            send(out, bytes, from, from + cut.bytes());
        } else if (fault instanceof Fault.StallAfter stall) {
            send(out, bytes, from, from + stall.bytes());
            await(stall);
            send(out, bytes, from + stall.bytes(), bytes.length);
        } else if (fault instanceof Fault.WrongByte) {
            send(out, bytes, from, bytes.length - 1);
            out.write(bytes[bytes.length - 1] ^ 1);
        } else {
            send(out, bytes, from, bytes.length);
        }
    }

    private void send(OutputStream out, byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at += CHUNK) {
            int count = Math.min(CHUNK, to - at);
            out.write(bytes, at, count);
            request.sentBytes().addAndGet(count);
        }
        out.flush();
    }

    private static void await(Fault.StallAfter stall) throws IOException {
        try {
            stall.until().await();
        } catch (InterruptedException e) {
            throw new IOException("the hub closes", e);
        }
    }

    private boolean head() {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
