package io.grevy.openai.chat;

import io.grevy.component.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The kernel's list of established TCP connections. While nothing is written to a client, nothing else tells that it
 * has gone: neither Jakarta REST nor the servlet API does. The kernel takes a connection off this list as soon as the
 * client closes its end, or half of it. Where there is no such list, no client is ever taken for gone.
 *
 * <p>Thread-safe; the lock is this object. The list is read at most once in {@link #MAX_AGE}, whoever asks.
 *
 * @see <a href="https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt">proc_net_tcp</a>
 */
@Component
class ConnectionTable {

    /** How old an answer may be. */
    static final Duration MAX_AGE = Duration.ofMillis(100);

    private static final String ESTABLISHED = "01";
    private static final String MAPPED = "0000000000000000FFFF0000";

    private final List<Path> files;
    private Set<String> established = Set.of();
    private long readNanos = System.nanoTime() - MAX_AGE.toNanos();

    @Inject
    ConnectionTable() {
        this(List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6")));
    }

    ConnectionTable(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Tells from now on whether a connection is there still. For one that is not listed now (the addresses may be a
     * proxy's word, say) it always does.
     *
     * @param remoteAddress the client's address in numbers, as {@code ServletRequest.getRemoteAddr()} gives it
     */
    BooleanSupplier watch(int localPort, String remoteAddress, int remotePort) {
        try {
            byte[] address = InetAddress.getByName(remoteAddress).getAddress();
            String key = key(localPort, hex(address), remotePort);
            String mapped = key(localPort, MAPPED + hex(address), remotePort);
            return isListed(key) || isListed(mapped) ? () -> isListed(key) || isListed(mapped) : () -> true;
        } catch (UnknownHostException e) {
            return () -> true;
        }
    }

    private synchronized boolean isListed(String key) {
        long now = System.nanoTime();
        if (now - readNanos >= MAX_AGE.toNanos()) {
            established = read();
            readNanos = now;
        }
        return established.contains(key);
    }

    private Set<String> read() {
        Set<String> keys = new HashSet<>();
        for (Path file : files) {
            try {
                Files.readAllLines(file, StandardCharsets.US_ASCII).forEach(line -> add(line, keys));
            } catch (IOException e) {
                // Not Linux, or no such protocol: nothing is listed.
            }
        }
        return keys;
    }

    /** A line is "number: address:port address:port state …": ours, then the other's. */
    private static void add(String line, Set<String> keys) {
        String[] fields = line.strip().split("\\s+", 5);
        if (fields.length == 5 && fields[3].equals(ESTABLISHED)) {
            int colon = fields[1].indexOf(':');
            keys.add(fields[1].substring(colon + 1) + ' ' + fields[2]);
        }
    }

    private static String key(int localPort, String remoteAddress, int remotePort) {
        return String.format(Locale.ROOT, "%04X %s:%04X", localPort, remoteAddress, remotePort);
    }

    /** Four bytes at a time, each four as a number of this machine, which is little-endian. */
    private static String hex(byte[] address) {
        StringBuilder hex = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int i = 3; i >= 0; i--) {
                hex.append(String.format(Locale.ROOT, "%02X", address[word + i]));
            }
        }
        return hex.toString();
    }
}
