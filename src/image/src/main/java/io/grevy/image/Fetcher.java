package io.grevy.image;

import io.grevy.image.PictureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Gets a picture's bytes from an http(s) URL. Thread-safe.
 *
 * <p>Each fetch runs on a thread of a bounded pool while its caller waits no longer than the deadline:
 * a name lookup cannot be given a time limit of its own, a socket's limit is per read, and a host that
 * sends a byte a second keeps within it for ever. When the time is up the socket is closed, which ends
 * whatever the thread waits for.
 *
 * <p>Why not java.net.http: it resolves the host itself, a second time, and lets nobody say which address
 * to use; a URL of the checked address instead would need its Host header and its TLS name replaced, and
 * both are behind system properties that an application in a server cannot count on. So the connection
 * and the TLS name check are the JDK's sockets, with HttpCore for the protocol in between. No proxy is
 * used, whatever the JVM is configured with: a proxy would resolve the name anew.
 */
final class Fetcher implements AutoCloseable {

    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_FETCHES = 32;
    private static final int MOST_WAITING = 256;

    private final AddressGuard guard;
    private final Network network;
    private final SSLSocketFactory tls;
    private final long maxBytes;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

    Fetcher(PictureSettings settings, Network network, SSLSocketFactory tls) {
        this.guard = new AddressGuard(settings.allowedDomains(), network);
        this.network = network;
        this.tls = tls;
        this.maxBytes = settings.maxBytes();
        this.timeout = settings.fetchTimeout();
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                MOST_FETCHES, MOST_FETCHES, 20, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "grevy-picture-fetch-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Refuses what can be refused without asking the network. */
    void check(WebUrl url) throws PictureException {
        guard.check(url);
    }

    /** The body of the answer; blocks until it is there or the time is up. */
    byte[] fetch(WebUrl url) throws PictureException {
        check(url);
        Exchange exchange = new Exchange(network, tls, System.nanoTime() + timeout.toNanos());
        running.add(exchange);
        try {
            return await(threads.submit(() -> follow(url, exchange)), url);
        } catch (RejectedExecutionException e) {
            throw failed(
                    url, threads.isShutdown() ? "the server is stopping" : "too many pictures are being fetched", e);
        } finally {
            exchange.abort();
            running.remove(exchange);
        }
    }

    private byte[] await(Future<byte[]> result, WebUrl url) throws PictureException {
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timedOut(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(url, "it was cancelled", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PictureException known) {
                throw known;
            }
            throw failed(url, "the answer could not be read", e);
        } finally {
            result.cancel(true);
        }
    }

    private byte[] follow(WebUrl start, Exchange exchange) throws PictureException {
        WebUrl url = start;
        try {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                ClassicHttpResponse response = exchange.get(url, guard.addresses(url));
                Header location = redirect(response);
                if (location == null) {
                    return body(response, url);
                }
                url = target(url, location.getValue());
            }
            throw new PictureException(
                    Reason.FETCH_REFUSED,
                    "The picture at " + start.quoted() + " is behind more than " + MOST_REDIRECTS + " redirects.");
        } catch (SocketTimeoutException e) {
            throw exchange.expired() ? timedOut(start, e) : failed(url, "its host could not be reached", e);
        } catch (SSLException e) {
            throw failed(url, "no secure connection could be made to its host", e);
        } catch (IOException e) {
            throw failed(url, "its host could not be reached or broke off", e);
        }
    }

    private static @Nullable Header redirect(ClassicHttpResponse response) {
        return switch (response.getCode()) {
            case 301, 302, 303, 307, 308 -> response.getFirstHeader("Location");
            default -> null;
        };
    }

    private WebUrl target(WebUrl url, String location) throws PictureException {
        try {
            WebUrl target = url.resolve(location);
            guard.check(target);
            return target;
        } catch (PictureException e) {
            throw new PictureException(
                    Reason.FETCH_REFUSED,
                    "The picture at " + url.quoted() + " is redirected to where it is not fetched: " + e.getMessage(),
                    e);
        }
    }

    private byte[] body(ClassicHttpResponse response, WebUrl url) throws IOException, PictureException {
        if (response.getCode() / 100 != 2) {
            throw failed(url, "its host answered with status " + response.getCode(), null);
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > maxBytes) {
            throw tooLarge(url);
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes((int) maxBytes + 1);
            if (body.length > maxBytes) {
                throw tooLarge(url);
            }
            return body;
        }
    }

    private PictureException tooLarge(WebUrl url) {
        return new PictureException(
                Reason.TOO_LARGE,
                "The picture at " + url.quoted() + " is larger than the limit of " + maxBytes + " bytes.");
    }

    private PictureException timedOut(WebUrl url, Exception cause) {
        return new PictureException(
                Reason.FETCH_TIMEOUT,
                "The picture at " + url.quoted() + " could not be fetched within " + timeout.toMillis() + " ms.",
                cause);
    }

    private static PictureException failed(WebUrl url, String why, @Nullable Exception cause) {
        return new PictureException(
                Reason.FETCH_FAILED, "The picture at " + url.quoted() + " could not be fetched: " + why + ".", cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        running.forEach(Exchange::abort);
    }
}
