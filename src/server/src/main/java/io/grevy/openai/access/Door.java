package io.grevy.openai.access;

import io.grevy.component.Component;
import io.grevy.keys.Grant;
import io.grevy.keys.Permission;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.security.AuditLog;
import io.grevy.security.Identity;
import io.grevy.security.IdentityException;
import io.grevy.security.SecuritySettings;
import io.grevy.security.Visit;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lets a request in, or refuses it, by its path and its headers. Thread-safe. */
@Component
class Door {

    private static final String TIMEOUT = "X-Request-Timeout";
    private static final BigDecimal MOST = BigDecimal.valueOf(SecuritySettings.MOST_SECONDS);

    private final Identity identity;
    private final AuditLog audit;
    private final Duration limit;

    @Inject
    Door(Identity identity, AuditLog audit, SecuritySettings settings) {
        this.identity = identity;
        this.audit = audit;
        this.limit = settings.requestTimeout();
    }

    /**
     * Says who asks; the visit knows it from now on.
     *
     * @param headers the value of a header, or null
     * @param address where the request came from
     * @throws ApiException if nobody knows who asks, or whoever asks may not
     */
    Grant enter(Visit visit, String method, String path, UnaryOperator<@Nullable String> headers, String address) {
        AccessRules.Rule rule = AccessRules.of(method, path);
        if (rule.open()) {
            return Identity.ANYBODY;
        }
        try {
            Grant grant = identity.identify(Credentials.in(headers));
            visit.grant(grant);
            if (rule.permission().isPresent()) {
                Identity.require(grant, rule.permission().get());
            }
            if (rule.permission().filter(Permission.ADMIN::equals).isPresent()) {
                audit.changed(visit, "reload", address);
            }
            visit.limit(limit, timeout(headers.apply(TIMEOUT)));
            return grant;
        } catch (IdentityException e) {
            audit.refused(visit, e, method, path, address);
            throw AccessErrors.of(e);
        }
    }

    private static Optional<Duration> timeout(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.matches("\\d{1,7}(\\.\\d{1,9})?")) {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() > 0 && seconds.compareTo(MOST) <= 0) {
                return Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValueExact()));
            }
        }
        throw new ApiException(
                ErrorCode.INVALID_VALUE,
                "The header " + TIMEOUT + " must be a number of seconds, above 0 and at most " + MOST + ".");
    }
}
