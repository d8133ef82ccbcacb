package io.grevy.openai.access;

import io.grevy.security.Visit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Visit} of a request. */
public final class Visits {

    private Visits() {}

    public static Visit of(HttpServletRequest request) {
        return request.getAttribute(Visit.ATTRIBUTE) instanceof Visit visit ? visit : new Visit();
    }

    /** Of a request that came by another way than the server's front, it is made. */
    static Visit of(ContainerRequestContext request) {
        @Nullable Object known = request.getProperty(Visit.ATTRIBUTE);
        if (known instanceof Visit visit) {
            return visit;
        }
        Visit fresh = new Visit();
        request.setProperty(Visit.ATTRIBUTE, fresh);
        return fresh;
    }
}
