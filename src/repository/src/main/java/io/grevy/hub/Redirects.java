package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Where an answer sends its reader instead. */
final class Redirects {
    private Redirects() {}

    static Optional<String> location(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> response.headers().firstValue("Location");
            default -> Optional.empty();
        };
    }

    /** @throws HubException where that is no web address, or less secure than the one before */
    static URI target(URI from, String location) throws HubException {
        URI target;
        try {
            target = from.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw new HubException(Reason.UNEXPECTED_ANSWER, from + ": it redirects to what is no address", e);
        }
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        boolean plain = "http".equalsIgnoreCase(target.getScheme());
        if (target.getHost() == null || !secure && !(plain && "http".equalsIgnoreCase(from.getScheme()))) {
            throw new HubException(
                    Reason.UNEXPECTED_ANSWER,
                    from + ": it redirects to " + target.getScheme() + "://" + target.getHost()
                            + ", which is not as secure; that is not followed");
        }
        return target;
    }
}
