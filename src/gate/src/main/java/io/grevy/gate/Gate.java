package io.grevy.gate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** In front of Liberty's own paths. While no guard stands there, as before the application has started, nobody passes. */
public final class Gate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final AtomicReference<@Nullable Guard> GUARD = new AtomicReference<>();

    /** Who says from now on who passes. */
    public static void guardedBy(Guard guard) {
        GUARD.set(guard);
    }

    /** Closes it, if this guard stands there. */
    public static void leave(Guard guard) {
        GUARD.compareAndSet(guard, null);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Guard guard = GUARD.get();
        if (guard == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            guard.filter(request, response, chain);
        }
    }
}
