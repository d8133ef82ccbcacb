package io.grevy.image;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * A name server on a free port of this machine that says something else each time it is asked, and the network that asks
 * it. Connections to public addresses lead to a server of this machine.
 */
final class DnsServer implements Network, AutoCloseable {

    final List<InetAddress> connected = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Deque<byte[]> answers = new ArrayDeque<>(); // guarded by itself
    private final Thread thread = new Thread(this::serve, "test-dns");
    private final int port;

    /**
     * @param port of the server that stands for all public ones
     * @param addresses one answer after another, whatever the name; the last one stays
     */
    DnsServer(int port, String... addresses) throws IOException {
        this.port = port;
        for (String address : addresses) {
            answers.add(InetAddress.getByName(address).getAddress());
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    @SuppressWarnings("BanJNDI") // the name server is this one
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + socket.getLocalPort());
        try {
            InitialDirContext context = new InitialDirContext(settings);
            Attribute found = context.getAttributes(name, new String[] {"A"}).get("A");
            List<InetAddress> addresses = new ArrayList<>();
            for (NamingEnumeration<?> all = found.getAll(); all.hasMore(); ) {
                addresses.add(InetAddress.getByName(String.valueOf(all.next())));
            }
            context.close();
            return addresses;
        } catch (NamingException e) {
            throw new UnknownHostException(name + ": " + e.getMessage());
        }
    }

    @Override
    public void connect(Socket attempt, InetSocketAddress to, int timeoutMillis) throws IOException {
        connected.add(to.getAddress());
        boolean here = AddressKind.of(to.getAddress()) == AddressKind.PUBLIC;
        attempt.connect(here ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port) : to, timeoutMillis);
    }

    private void serve() {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    /** The question again with one address for its name, good for no time. RFC 1035, section 4.1. */
    private byte[] answer(byte[] question) {
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5; // the root's label, type and class
        byte[] address;
        synchronized (answers) {
            address = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        }
        ByteBuffer message = ByteBuffer.allocate(end + 16);
        message.put(question, 0, end);
        message.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1).putInt(0);
        message.putShort((short) 4).put(address);
        message.putShort(2, (short) 0x8580).putShort(6, (short) 1).putInt(8, 0);
        return message.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
