package io.grevy.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network where names have the addresses that a test gives them, one answer after another, and where
 * every public address is a port of this machine. It writes down what it is asked.
 */
final class TestNetwork implements Network {

    final List<String> lookups = new CopyOnWriteArrayList<>();
    final List<InetAddress> connected = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<List<InetAddress>>> names = new ConcurrentHashMap<>();
    private final int port;

    TestNetwork(int port) {
        this.port = port;
    }

    /** Adds an answer for a name; the last one stays. */
    TestNetwork name(String name, String... addresses) {
        List<InetAddress> answer =
                List.of(addresses).stream().map(TestNetwork::address).toList();
        names.computeIfAbsent(name, n -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private static InetAddress address(String text) {
        return Host.parse(text.contains(":") ? "[" + text + "]" : text)
                .literal()
                .orElseThrow();
    }

    @Override
    public synchronized List<InetAddress> resolve(String name) throws UnknownHostException {
        lookups.add(name);
        Deque<List<InetAddress>> answers = names.get(name);
        if (answers == null) {
            throw new UnknownHostException(name);
        }
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }

    @Override
    public void connect(Socket socket, InetSocketAddress to, int timeoutMillis) throws IOException {
        connected.add(to.getAddress());
        boolean here = AddressKind.of(to.getAddress()) == AddressKind.PUBLIC;
        socket.connect(here ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port) : to, timeoutMillis);
    }
}
