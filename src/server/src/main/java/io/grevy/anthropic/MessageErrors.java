package io.grevy.anthropic;

import io.grevy.openai.ErrorResponse;
import io.grevy.openai.RequestIds;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** Gives the errors of {@code /v3/messages} Anthropic's form, whoever made them, and answers the header that names them. */
@Provider
public final class MessageErrors implements ContainerResponseFilter {

    private static final String HEADER = "request-id";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        if (!path.matches("/?v3/messages(/.*)?")) {
            return;
        }
        Optional<String> id = Optional.ofNullable(request.getHeaderString(RequestIds.HEADER));
        id.ifPresent(given -> response.getHeaders().putSingle(HEADER, given));
        if (response.getEntity() instanceof ErrorResponse error) {
            response.setEntity(MessageError.of(error, response.getStatus(), id));
        }
    }
}
