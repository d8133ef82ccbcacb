package io.grevy.page;

import io.grevy.component.Component;
import io.grevy.component.Settings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page, and the files that it loads. It runs no script and loads nothing but these, and no other site may frame it:
 * <a href="https://www.w3.org/TR/CSP3/">Content Security Policy</a>.
 */
@Component
@Path("/")
public class PageResource {

    /** Pictures that are to be asked about are shown from data URIs. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'";

    private final PageSettings settings;

    @Inject
    public PageResource(Config config) {
        this(PageSettings.from(new Settings(config)));
    }

    PageResource(PageSettings settings) {
        this.settings = settings;
    }

    void check(@Observes Startup startup) {
        // Being called, this bean exists: a wrong setting has ended the start.
    }

    @GET
    @Operation(hidden = true)
    public Response page(@Context Request request) {
        return file("index.html", request);
    }

    @GET
    @Path("page/{name}")
    @Operation(hidden = true)
    public Response file(@PathParam("name") String name, @Context Request request) {
        PageFile file = (settings.served() ? PageFile.named(name) : Optional.<PageFile>empty())
                .orElseThrow(NotFoundException::new);
        EntityTag tag = new EntityTag(file.version());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response =
                unchanged == null ? Response.ok(file.content(), file.type()).tag(tag) : unchanged;
        return secured(response).build();
    }

    private static Response.ResponseBuilder secured(Response.ResponseBuilder response) {
        // Asked again each time, so that a new version of the server never meets scripts of the old one.
        CacheControl cache = new CacheControl();
        cache.setNoCache(true);
        cache.setNoTransform(false); // a proxy may compress them
        return response.cacheControl(cache)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
