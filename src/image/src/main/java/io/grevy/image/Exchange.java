package io.grevy.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one fetch, one connection after another, until its deadline.
 *
 * <p>Used by one thread; {@link #abort} may come from any other, and ends whatever that thread waits for
 * by closing its socket.
 */
final class Exchange implements AutoCloseable {

    private static final int MOST_ADDRESSES = 4;
    private static final int LONGEST_CONNECT_MILLIS = 5_000;
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(200).build();

    private final Network network;
    private final SSLSocketFactory tls;
    private final long deadline;
    private @Nullable Socket socket; // guarded by this
    private boolean aborted; // guarded by this

    /**
     * An exchange that has not begun.
     *
     * @param deadline a time of {@link System#nanoTime}
     */
    Exchange(Network network, SSLSocketFactory tls, long deadline) {
        this.network = network;
        this.tls = tls;
        this.deadline = deadline;
    }

    /**
     * Sends a GET to one of the addresses and reads the head of the answer. What was open before is
     * closed.
     */
    ClassicHttpResponse get(WebUrl url, List<InetAddress> addresses) throws IOException {
        DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
        Socket plain = connect(url, addresses);
        if (url.secure()) {
            connection.bind(secured(plain, url), plain);
        } else {
            connection.bind(plain);
        }
        plain.setSoTimeout(remainingMillis());
        try {
            return new HttpRequestExecutor().execute(request(url), connection, HttpCoreContext.create());
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    private static ClassicHttpRequest request(WebUrl url) {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", url.target());
        request.setHeader("Host", url.host() + (url.defaultPort() ? "" : ":" + url.port()));
        request.setHeader("User-Agent", "Grevy");
        request.setHeader("Accept", "image/*");
        request.setHeader("Connection", "close");
        return request;
    }

    private Socket connect(WebUrl url, List<InetAddress> addresses) throws IOException {
        IOException failure = new IOException("No address");
        for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES))) {
            Socket attempt = replace(new Socket(Proxy.NO_PROXY));
            try {
                int timeout = Math.min(remainingMillis(), LONGEST_CONNECT_MILLIS);
                network.connect(attempt, new InetSocketAddress(address, url.port()), timeout);
                return attempt;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** TLS with the URL's host, not the address, as the name asked for and verified. */
    private SSLSocket secured(Socket plain, WebUrl url) throws IOException {
        plain.setSoTimeout(remainingMillis());
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, url.host().name(), url.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Whether the deadline is past. */
    boolean expired() {
        return deadline - System.nanoTime() < TimeUnit.MILLISECONDS.toNanos(1);
    }

    private int remainingMillis() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis < 1) {
            throw new SocketTimeoutException("The time is up");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private synchronized Socket replace(Socket next) throws IOException {
        closeSocket();
        socket = next;
        if (aborted) {
            closeSocket();
            throw new IOException("Aborted");
        }
        return next;
    }

    /** Ends the exchange from another thread. */
    synchronized void abort() {
        aborted = true;
        closeSocket();
    }

    @Override
    public synchronized void close() {
        closeSocket();
    }

    /** Closes the plain socket, also beneath TLS: that one would wait for a lock that its reader holds. */
    private void closeSocket() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing was left to lose.
            }
        }
    }
}
