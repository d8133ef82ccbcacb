package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stream of server-sent events on a socket of its own, which closing closes at once. */
final class RawStream implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;

    private RawStream(Socket socket) throws IOException {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends a chat request and reads as far as the end of the response's head, which has to be a stream's. */
    static RawStream open(URL base, String body) throws IOException {
        return open(base, "/v3/chat/completions", body);
    }

    /** The same of another path. */
    static RawStream open(URL base, String path, String body) throws IOException {
        return open(base, path, "", body);
    }

    /** @param authorization the header's value; empty for none */
    static RawStream open(URL base, String path, String authorization, String body) throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(120_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + base.getHost()
                + (authorization.isEmpty() ? "" : "\r\nAuthorization: " + authorization)
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        RawStream stream = new RawStream(socket);
        String status = stream.lines.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("not a stream: " + status);
        }
        for (String line = stream.lines.readLine(); !line.isEmpty(); ) {
            line = stream.lines.readLine();
        }
        return stream;
    }

    /** The next event's data; chunk sizes and comments are skipped. */
    String next() throws IOException {
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended without [DONE]");
            }
            if (line.startsWith("data: ")) {
                return line.substring(6);
            }
        }
    }

    /** The events up to [DONE], which is left out. */
    List<String> rest() throws IOException {
        List<String> events = new ArrayList<>();
        for (String event = next(); !event.equals("[DONE]"); event = next()) {
            events.add(event);
        }
        return events;
    }

    /** The text of all events. */
    static String text(List<String> events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            JsonObject chunk = Json.createReader(new StringReader(event)).readObject();
            for (JsonObject choice : chunk.getJsonArray("choices").getValuesAs(JsonObject.class)) {
                JsonObject delta = choice.getJsonObject("delta");
                if (delta.containsKey("content") && !delta.isNull("content")) {
                    text.append(delta.getString("content"));
                }
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
