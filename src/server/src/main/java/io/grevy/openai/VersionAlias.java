package io.grevy.openai;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** Serves {@code /v1/…} as {@code /v3/…}, as OpenVINO Model Server does, but for {@code /v1/config}. */
@Provider
@PreMatching
@Priority(100)
public final class VersionAlias implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        URI base = request.getUriInfo().getBaseUri();
        String path = request.getUriInfo()
                .getRequestUri()
                .toString()
                .substring(base.toString().length());
        if (path.startsWith("v1/") && !isConfig(path)) {
            request.setRequestUri(base, URI.create(base + "v3" + path.substring(2)));
        }
    }

    private static boolean isConfig(String path) {
        return path.matches("v1/config([/?;#].*)?");
    }
}
