package io.grevy.openai.access;

import io.grevy.component.Component;
import io.grevy.gate.Gate;
import io.grevy.gate.Guard;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorResponse;
import io.grevy.security.AccessLog;
import io.grevy.security.Visit;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The same {@link Door} in front of what Liberty itself serves: the metrics and the OpenAPI document. */
@Component
class LibertyPaths implements Guard {

    private final Door door;
    private final AccessLog log;

    @Inject
    LibertyPaths(Door door, AccessLog log) {
        this.door = door;
        this.log = log;
    }

    void begin(@Observes @Priority(100) Startup event) {
        Gate.guardedBy(this);
    }

    void end(@Observes @Priority(300) Shutdown event) {
        Gate.leave(this);
    }

    @Override
    public void filter(HttpServletRequest request, HttpServletResponse response, FilterChain passage)
            throws IOException, ServletException {
        Visit visit = new Visit();
        String path = request.getRequestURI();
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            door.enter(
                    visit, request.getMethod(), request.getContextPath(), request::getHeader, request.getRemoteAddr());
            passage.doFilter(request, response);
        } catch (ApiException e) {
            send(e, response);
        } finally {
            log.end(visit, request.getMethod(), path, response.getStatus());
        }
    }

    private static void send(ApiException e, HttpServletResponse response) throws IOException {
        response.setStatus(e.code().status());
        ErrorResponse.headersOf(e).forEach(response::setHeader);
        response.setContentType("application/json");
        response.getOutputStream().write(ErrorResponse.of(e).toJson().toString().getBytes(StandardCharsets.UTF_8));
    }
}
