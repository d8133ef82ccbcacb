package io.grevy.testhub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request as the hub saw it.
 *
 * @param ofStore whether it came to the store of large files
 * @param sentBytes how many bytes of the body went out so far
 */
public record HubRequest(
        boolean ofStore, String method, String path, Map<String, List<String>> headers, AtomicLong sentBytes) {

    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().get(0))
                .findFirst();
    }

    public long sent() {
        return sentBytes.get();
    }
}
