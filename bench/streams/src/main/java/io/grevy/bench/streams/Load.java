package io.grevy.bench.streams;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens many streams on a server with a {@link SteadyEngine}, reads them all on one thread, and prints as JSON how many
 * came whole and how late their tokens were.
 *
 * <p>{@code Load PORT STREAMS TOKENS}. Both processes take the time of the same clock of the machine.
 */
public final class Load {

    private static final int ROOM = 1 << 16;
    private static final long BETWEEN_OPENINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final InetSocketAddress server;
    private final int tokens;
    private final Delays delays = new Delays();
    private final List<LoadedStream> streams = new ArrayList<>();
    private final ByteBuffer room = ByteBuffer.allocate(ROOM);
    private int open;

    private Load(int port, int tokens) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.tokens = tokens;
    }

    public static void main(String[] arguments) throws IOException {
        Load load = new Load(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]));
        load.run(Integer.parseInt(arguments[1]));
        System.out.println(load.result());
    }

    private void run(int count) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < count; i++) {
                open(selector);
                read(selector, 0);
                // One after the other, so that the tokens of all do not fall on the same moment.
                LockSupport.parkNanos(BETWEEN_OPENINGS_NANOS);
            }
            long last = System.nanoTime();
            while (open > 0 && System.nanoTime() - last < QUIET_NANOS) {
                if (read(selector, 1000) > 0) {
                    last = System.nanoTime();
                }
            }
        }
    }

    private void open(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        ByteBuffer request = ByteBuffer.wrap(request().getBytes(StandardCharsets.UTF_8));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        channel.configureBlocking(false);
        LoadedStream stream = new LoadedStream(tokens, delays);
        streams.add(stream);
        channel.register(selector, SelectionKey.OP_READ, stream);
        open++;
    }

    private String request() {
        String body = "{\"model\":\"grevy/demo\",\"stream\":true,\"max_completion_tokens\":" + tokens
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Go on.\"}]}";
        return "POST /v3/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Reads what is there, waiting so long for it; gives how many streams had something. */
    private int read(Selector selector, long millis) throws IOException {
        return millis == 0 ? selector.selectNow(this::read) : selector.select(this::read, millis);
    }

    private void read(SelectionKey key) {
        LoadedStream stream = (LoadedStream) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            room.clear();
            int length = channel.read(room);
            stream.take(room.flip(), System.nanoTime());
            if (length < 0 || stream.done()) {
                end(channel);
            }
        } catch (IOException e) {
            // It is not whole, which is told at the end.
            end(channel);
        }
    }

    private void end(SocketChannel channel) {
        open--;
        try {
            channel.close();
        } catch (IOException e) {
            // Gone all the same.
        }
    }

    private String result() {
        long whole = streams.stream().filter(LoadedStream::whole).count();
        streams.stream()
                .map(LoadedStream::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .distinct()
                .limit(5)
                .forEach(System.err::println);
        return String.format(
                Locale.ROOT,
                "{\"streams\":%d,\"whole\":%d,\"dropped\":%d,\"tokens\":%d,"
                        + "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f}",
                streams.size(),
                whole,
                streams.size() - whole,
                delays.count(),
                delays.millis(50),
                delays.millis(99),
                delays.millis(99.9),
                delays.millis(100));
    }
}
