package io.grevy.openai;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The last resort: what nobody foresaw is logged, and the client learns only that it happened. */
@Provider
public final class AnyExceptionMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(AnyExceptionMapper.class.getName());

    @Override
    public Response toResponse(Throwable e) {
        LOG.log(Level.ERROR, "A request failed unexpectedly", e);
        return ErrorResponse.toHttp(new ApiException(ErrorCode.INTERNAL_ERROR, "The server failed.", e));
    }
}
