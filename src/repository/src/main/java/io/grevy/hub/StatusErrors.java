package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import io.grevy.repository.SourceModel;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Says what an answer's status means, by the hub's own {@code X-Error-Code} where it sends one. */
final class StatusErrors {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final HubSettings settings;
    private final SourceModel source;

    StatusErrors(HubSettings settings, SourceModel source) {
        this.settings = settings;
        this.source = source;
    }

    HubException of(HubResponse response) {
        String code = response.header("X-Error-Code").orElse("");
        int status = response.status();
        if (!response.fromHub()) {
            return elsewhere(response);
        }
        if (code.equals("GatedRepo")) {
            return gated();
        }
        if (code.equals("RevisionNotFound")) {
            return new HubException(
                    Reason.REVISION_MISSING,
                    source.name() + ": there is no revision '" + source.revisionOrMain() + "' at " + page());
        }
        if (code.equals("EntryNotFound")) {
            return new HubException(Reason.FILE_MISSING, response.uri() + ": there is no such file");
        }
        return switch (status) {
            case 401 -> refused(response);
            case 403 ->
                new HubException(
                        Reason.NOT_ALLOWED, source.name() + ": access is refused" + said(response) + tokenAdvice());
            case 404 -> missing();
            case 407 ->
                new HubException(
                        Reason.NOT_ALLOWED,
                        "the proxy wants a login: HTTPS_PROXY=http://<user>:<password>@<host>:<port>");
            default -> other(response);
        };
    }

    private HubException gated() {
        return new HubException(
                Reason.GATED,
                source.name() + " is gated: accept its licence at " + page() + " and "
                        + (settings.token().isPresent()
                                ? "see that HF_TOKEN is a token of the account that did, which may read it"
                                : "set HF_TOKEN to a token of the account that did"));
    }

    // To strangers the hub does not tell models that are missing from private ones.
    private HubException refused(HubResponse response) {
        boolean known = settings.token().isPresent()
                && !response.header("X-Error-Code").orElse("").equals("RepoNotFound");
        return known
                ? new HubException(
                        Reason.NOT_ALLOWED, "HF_TOKEN is not accepted by " + settings.endpoint() + said(response))
                : missing();
    }

    private HubException missing() {
        return new HubException(
                Reason.MODEL_MISSING,
                source.name() + ": no such model at " + settings.endpoint() + ", or it is private: check the name"
                        + tokenAdvice());
    }

    private String tokenAdvice() {
        return settings.token().isPresent()
                ? ", and that HF_TOKEN may read it"
                : ", and set HF_TOKEN for a private one";
    }

    private static HubException elsewhere(HubResponse response) {
        int status = response.status();
        // Addresses of a store are good for some time only; the hub gives another.
        return status == 403 || isPassing(status)
                ? HubException.passing(Reason.UNAVAILABLE, place(response) + ": status " + status, wait(response))
                : unexpected(response);
    }

    private static HubException other(HubResponse response) {
        int status = response.status();
        return isPassing(status)
                ? HubException.passing(
                        Reason.UNAVAILABLE,
                        place(response) + ": "
                                + (status == 429 ? "too many requests" : "the hub is in trouble, status " + status)
                                + said(response) + "; try again later",
                        wait(response))
                : unexpected(response);
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    static HubException unexpected(HubResponse response) {
        return new HubException(
                Reason.UNEXPECTED_ANSWER,
                response.uri() + ": status " + response.status()
                        + response.contentType().map(type -> " with " + type).orElse("") + said(response)
                        + ", not what a hub answers; check HF_ENDPOINT and HTTPS_PROXY");
    }

    private static String place(HubResponse response) {
        return response.uri().getHost();
    }

    private static String said(HubResponse response) {
        return response.header("X-Error-Message")
                .map(message -> " (" + message + ")")
                .orElse("");
    }

    private URI page() {
        return URI.create(settings.endpoint() + "/" + source.name());
    }

    private static Duration wait(HubResponse response) {
        Duration asked =
                response.header("Retry-After").flatMap(StatusErrors::seconds).orElse(Duration.ZERO);
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(
                    text.strip().matches("\\d{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text.strip()))
                            : Duration.between(
                                    Instant.now(),
                                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
