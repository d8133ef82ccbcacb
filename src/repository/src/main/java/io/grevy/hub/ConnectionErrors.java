package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why a request got no answer. */
final class ConnectionErrors {
    private ConnectionErrors() {}

    static HubException of(IOException failure, URI uri, Optional<String> proxy) {
        String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String way = proxy.map(address -> " through the proxy " + address).orElse("");
        if (has(failure, SSLException.class)) {
            return new HubException(
                    Reason.UNREACHABLE,
                    host + way + ": no secure connection (" + message(failure)
                            + "); where a proxy opens them, Java has to trust its certificate",
                    failure);
        }
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return unreachable(
                    proxy.map(address -> "the proxy " + address).orElse(host), "no such host is known", failure);
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return unreachable(host + way, "the connection takes too long", failure);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return unreachable(host + way, message(failure), failure);
        }
        if (failure instanceof HttpTimeoutException) {
            return HubException.passing(Reason.UNAVAILABLE, host + way + ": no answer in time", failure);
        }
        return HubException.passing(
                Reason.UNAVAILABLE, host + way + ": the connection broke off (" + message(failure) + ")", failure);
    }

    private static HubException unreachable(String where, String why, IOException failure) {
        return HubException.passing(
                Reason.UNREACHABLE,
                where + " cannot be reached: " + why
                        + "; check the network, HTTPS_PROXY and HF_ENDPOINT, or bring the model's folder here otherwise",
                failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
