package io.grevy.security;

import io.grevy.keys.ApiKey;
import io.grevy.keys.Grant;
import io.grevy.keys.Limits;
import io.grevy.keys.ModelNames;
import io.grevy.keys.Permission;
import io.grevy.security.IdentityException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Tells who asks. Thread-safe. */
public final class Identity {

    /** Who asks where nobody is asked for a key. */
    public static final Grant ANYBODY =
            new Grant("anybody", "anybody", ModelNames.all(), EnumSet.allOf(Permission.class), Limits.none(), 0);

    private static final Grant LAUNCHER =
            new Grant("launcher", "launcher", ModelNames.all(), Set.of(), Limits.none(), 0);

    private final Optional<WatchedKeys> keys;
    private final String launcherHash;
    private final Clock clock;

    private Identity(Optional<WatchedKeys> keys, String launcherHash, Clock clock) {
        this.keys = keys;
        this.launcherHash = launcherHash;
        this.clock = clock;
    }

    /** Everybody is {@link #ANYBODY}. */
    static Identity none() {
        return new Identity(Optional.empty(), "", Clock.systemUTC());
    }

    /** @param launcherHash of a key that may only look at the models' states; empty for none */
    static Identity byKeys(WatchedKeys keys, String launcherHash, Clock clock) {
        return new Identity(Optional.of(keys), launcherHash, clock);
    }

    /** Whether a key is asked for. */
    public boolean required() {
        return keys.isPresent();
    }

    /**
     * Whose key it is.
     *
     * @param credential what the request brings, empty for nothing
     * @throws IdentityException MISSING or INVALID
     */
    public Grant identify(Optional<String> credential) throws IdentityException {
        if (keys.isEmpty()) {
            return ANYBODY;
        }
        if (credential.isEmpty()) {
            throw new IdentityException(
                    Reason.MISSING,
                    "You didn't provide an API key. Send it in the Authorization header: 'Authorization: Bearer KEY'.");
        }
        ApiKey key = new ApiKey(credential.get());
        if (isLauncher(key)) {
            return LAUNCHER;
        }
        return keys.get()
                .current()
                .grantOf(key, clock.instant())
                .orElseThrow(() -> new IdentityException(Reason.INVALID, "Incorrect API key provided."));
    }

    /** @throws IdentityException FORBIDDEN */
    public static void require(Grant grant, Permission permission) throws IdentityException {
        if (!grant.may(permission)) {
            throw new IdentityException(
                    Reason.FORBIDDEN, "This API key lacks the permission '" + permission.wireName() + "'.");
        }
    }

    private boolean isLauncher(ApiKey key) {
        return !launcherHash.isEmpty()
                && MessageDigest.isEqual(
                        launcherHash.getBytes(StandardCharsets.US_ASCII),
                        key.hexHash().getBytes(StandardCharsets.US_ASCII));
    }
}
