package io.grevy.openai.access;

import io.grevy.component.Component;
import io.grevy.security.SecuritySettings;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of allowed origins ask from a browser, and no others. Cookies play no part: a page needs a key as any client.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">the CORS protocol</a>
 */
@Component
class CrossOrigin {

    private static final String HEADERS = "[A-Za-z0-9-]+(\\s*,\\s*[A-Za-z0-9-]+)*";
    private static final int LONGEST = 1000;

    private final List<String> allowed;

    @Inject
    CrossOrigin(SecuritySettings settings) {
        this.allowed = settings.allowedOrigins();
    }

    /** Adds what the answer needs; says whether it is complete with that, as the answer to a preflight is. */
    boolean answers(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (allowed.isEmpty() || origin == null) {
            return false;
        }
        response.addHeader("Vary", "Origin");
        if (!allowed.contains("*") && !allowed.contains(origin)) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", allowed.contains("*") ? "*" : origin);
        response.setHeader(
                "Access-Control-Expose-Headers",
                "X-Request-Id, request-id, Retry-After, x-ratelimit-limit-requests, x-ratelimit-remaining-requests,"
                        + " x-ratelimit-reset-requests, x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens,"
                        + " x-ratelimit-reset-tokens");
        String method = request.getHeader("Access-Control-Request-Method");
        if (!request.getMethod().equals("OPTIONS") || method == null) {
            return false;
        }
        preflight(request.getHeader("Access-Control-Request-Headers"), response);
        return true;
    }

    private static void preflight(@Nullable String headers, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST");
        response.setHeader("Access-Control-Max-Age", "600");
        if (headers != null && headers.length() <= LONGEST && headers.matches(HEADERS)) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
