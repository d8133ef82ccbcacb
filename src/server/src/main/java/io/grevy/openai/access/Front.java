package io.grevy.openai.access;

import io.grevy.security.AccessLog;
import io.grevy.security.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The first and the last to see a request: gives it its {@link Visit} and writes that down at the end. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class Front extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient AccessLog log;

    @Inject
    private transient CrossOrigin crossOrigin;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Visit visit = new Visit();
        log.begin(visit);
        request.setAttribute(Visit.ATTRIBUTE, visit);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Referrer-Policy", "no-referrer");
        End end = new End(visit, request, response);
        if (crossOrigin.answers(request, response)) {
            end.reached();
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            end.await(request);
        }
    }

    /** Writes the visit down, once, when the answer is complete. */
    private final class End implements AsyncListener {

        private final Visit visit;
        private final String method;
        private final String path;
        private final HttpServletResponse response;
        private final AtomicBoolean reached = new AtomicBoolean();

        End(Visit visit, HttpServletRequest request, HttpServletResponse response) {
            this.visit = visit;
            this.method = request.getMethod();
            this.path = request.getRequestURI();
            this.response = response;
        }

        void await(HttpServletRequest request) {
            try {
                if (request.isAsyncStarted()) {
                    request.getAsyncContext().addListener(this);
                    return;
                }
            } catch (IllegalStateException e) {
                // It has ended meanwhile.
            }
            reached();
        }

        void reached() {
            if (reached.compareAndSet(false, true)) {
                log.end(visit, method, path, response.getStatus());
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            reached();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // There is none.
        }

        @Override
        public void onError(AsyncEvent event) {
            reached();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
