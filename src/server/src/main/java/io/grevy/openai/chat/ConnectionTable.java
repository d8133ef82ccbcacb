package io.grevy.openai.chat;

import io.grevy.component.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's list of established TCP connections. While nothing is written to a client, nothing else tells that it
 * has gone: neither Jakarta REST nor the servlet API does. The kernel takes a connection off this list as soon as the
 * client closes its end, or half of it. Where there is no such list, no client is ever taken for gone.
 *
 * <p>Thread-safe; the lock is this object. The list is read once in {@link #MAX_AGE} at most, whoever asks, and once for
 * each new connection.
 *
 * @see <a href="https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt">proc_net_tcp</a>
 */
@Component
public class ConnectionTable {

    /** How old an answer may be. */
    static final Duration MAX_AGE = Duration.ofMillis(100);

    private static final String ESTABLISHED = "01";
    private static final String MAPPED = "0000000000000000FFFF0000";

    private final List<Path> files;
    private Reading latest = new Reading(Set.of());
    private long readNanos = System.nanoTime() - MAX_AGE.toNanos();

    @Inject
    ConnectionTable() {
        this(List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6")));
    }

    ConnectionTable(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Tells whether a connection is there still. One that was never listed (the addresses may be a proxy's word, say)
     * always is, and one that was is gone when two readings of the list have missed it: it is no snapshot.
     *
     * @param remoteAddress the client's address in numbers, as {@code ServletRequest.getRemoteAddr()} gives it
     * @return to be asked by one thread
     */
    BooleanSupplier watch(int localPort, String remoteAddress, int remotePort) {
        try {
            byte[] address = InetAddress.getByName(remoteAddress).getAddress();
            return new Watch(
                    key(localPort, hex(address), remotePort), key(localPort, MAPPED + hex(address), remotePort));
        } catch (UnknownHostException e) {
            return () -> true;
        }
    }

    /** A reading of at most {@link #MAX_AGE}, and not of before that time. */
    private synchronized Reading latest(long notBeforeNanos) {
        long now = System.nanoTime();
        if (now - readNanos >= MAX_AGE.toNanos() || readNanos - notBeforeNanos < 0) {
            readNanos = now;
            latest = read();
        }
        return latest;
    }

    private Reading read() {
        Set<String> keys = new HashSet<>();
        for (Path file : files) {
            try {
                Files.readAllLines(file, StandardCharsets.US_ASCII).forEach(line -> add(line, keys));
            } catch (NoSuchFileException e) {
                // Not Linux, or no such protocol: nothing is listed.
            } catch (IOException e) {
                return latest; // out of file descriptors, say: nobody has gone for that
            }
        }
        return new Reading(keys);
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

    /** One reading of the list; readings are compared by identity. */
    private static final class Reading {
        private final Set<String> established;

        Reading(Set<String> established) {
            this.established = established;
        }
    }

    private final class Watch implements BooleanSupplier {

        private final String key;
        private final String mapped;
        private final long sinceNanos = System.nanoTime();
        private boolean seen;
        private int missed;
        private @Nullable Reading last;

        Watch(String key, String mapped) {
            this.key = key;
            this.mapped = mapped;
        }

        @Override
        public boolean getAsBoolean() {
            Reading reading = latest(sinceNanos);
            if (reading != last) {
                last = reading;
                boolean listed = reading.established.contains(key) || reading.established.contains(mapped);
                seen |= listed;
                missed = listed ? 0 : missed + 1;
            }
            return !seen || missed < 2;
        }
    }
}
