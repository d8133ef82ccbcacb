package io.grevy.openai.access;

import io.grevy.keys.Grant;
import io.grevy.keys.Permission;
import io.grevy.security.Identity;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** What Jakarta REST knows of who asks. */
public final class Callers {

    private Callers() {}

    public static Grant of(SecurityContext context) {
        return context.getUserPrincipal() instanceof Caller caller ? caller.grant() : Identity.ANYBODY;
    }

    static SecurityContext context(Grant grant, boolean secure) {
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return new Caller(grant);
            }

            @Override
            public boolean isUserInRole(String role) {
                return Permission.of(role).filter(grant::may).isPresent();
            }

            @Override
            public boolean isSecure() {
                return secure;
            }

            @Override
            public String getAuthenticationScheme() {
                return "Bearer";
            }
        };
    }

    private record Caller(Grant grant) implements Principal {

        @Override
        public String getName() {
            return grant.name();
        }
    }
}
