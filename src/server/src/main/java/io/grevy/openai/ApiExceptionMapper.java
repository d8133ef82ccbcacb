package io.grevy.openai;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Renders our own errors. */
@Provider
public final class ApiExceptionMapper implements ExceptionMapper<ApiException> {

    private static final Logger LOG = System.getLogger(ApiExceptionMapper.class.getName());

    @Override
    public Response toResponse(ApiException e) {
        LOG.log(Level.DEBUG, "{0}: {1}", e.code(), e.getMessage());
        return ErrorResponse.toHttp(e);
    }
}
