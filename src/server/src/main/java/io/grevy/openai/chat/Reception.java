package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.access.Visits;
import io.grevy.security.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes requests over from Jakarta REST: looks at their headers, and gives them their replies. Thread-safe. */
@Component
public class Reception {

    private final Intake intake;
    private final ConnectionTable connections;

    @Inject
    public Reception(Intake intake, ConnectionTable connections) {
        this.intake = intake;
        this.connections = connections;
    }

    /**
     * Returns at once, if the consumer does.
     *
     * @param contentType the header, as it came
     * @param contentLength the header, as it came
     * @param submit gets the reply, to be settled later; an {@link ApiException} of its is the answer
     */
    public void receive(
            @Nullable String contentType,
            @Nullable String contentLength,
            HttpServletRequest request,
            AsyncResponse response,
            Consumer<Reply> submit) {
        response.setTimeout(0, TimeUnit.SECONDS); // none
        Visit visit = Visits.of(request);
        try {
            intake.checkHeaders(contentType, contentLength);
            BooleanSupplier clientIsThere =
                    connections.watch(request.getLocalPort(), request.getRemoteAddr(), request.getRemotePort());
            submit.accept(new AsyncReply(response, clientIsThere, visit));
        } catch (ApiException e) {
            visit.refused(e.code().wireName());
            response.resume(e);
        }
    }
}
