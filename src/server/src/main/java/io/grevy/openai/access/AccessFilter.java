package io.grevy.openai.access;

import io.grevy.component.Component;
import io.grevy.keys.Grant;
import io.grevy.openai.RequestIds;
import io.grevy.security.Visit;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * In front of all paths of the application, before it is looked whether there is such a one: the {@link Door}. On the way
 * out it tells what the tenant has left.
 */
@Component
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter, ContainerResponseFilter {

    @Inject // a field, since RESTEasy makes providers by a constructor without parameters
    private Door door;

    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        Visit visit = Visits.of(request);
        String id = request.getHeaderString(RequestIds.HEADER);
        visit.requestId(id == null ? "" : id);
        Grant grant = door.enter(
                visit, request.getMethod(), request.getUriInfo().getPath(), request::getHeaderString, address());
        boolean secure = request.getSecurityContext() != null
                && request.getSecurityContext().isSecure();
        request.setSecurityContext(Callers.context(grant, secure));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Visits.of(request).limitHeaders().forEach(response.getHeaders()::putSingle);
    }

    private String address() {
        return servletRequest == null ? "" : servletRequest.getRemoteAddr();
    }
}
