package io.grevy.security;

import io.grevy.keys.Grant;
import io.grevy.keys.Limits;
import io.grevy.keys.ModelNames;
import io.grevy.keys.Permission;
import java.util.OptionalLong;
import java.util.Set;

/** Who asks in tests. */
final class Keys {

    private Keys() {}

    static Grant grant(String tenant, Limits limits) {
        return new Grant(tenant, tenant, ModelNames.all(), Set.of(Permission.INFERENCE), limits, 0);
    }

    /** Limits of these numbers; -1 for none. */
    static Limits limits(long requests, long promptTokens, long generatedTokens, long pictures, long concurrent) {
        return new Limits(
                number(requests), number(promptTokens), number(generatedTokens), number(pictures), number(concurrent));
    }

    private static OptionalLong number(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
