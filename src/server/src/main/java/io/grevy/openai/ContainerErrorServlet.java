package io.grevy.openai;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The error page of the application, for what the servlet container refuses before Jakarta REST sees it.
 *
 * <p>One of those refusals is mended: Servlet 6 wants a URL with an encoded slash to be refused, and OpenAI's clients
 * encode the slashes of a model's name. Such a URL of a model is served as if its slashes were plain.
 */
public class ContainerErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Names without anything that could lead elsewhere: no segment begins with a dot, nothing else is encoded. */
    private static final Pattern MODEL =
            Pattern.compile("/v[123]/models/\\w[\\w.:-]*(?:(?:/|%2F)\\w[\\w.:-]*)*", Pattern.CASE_INSENSITIVE);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean isErrorPage = request.getDispatcherType() == DispatcherType.ERROR;
        String uri = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (isErrorPage
                && response.getStatus() == 400
                && isRead(request)
                && MODEL.matcher(uri).matches()) {
            response.setStatus(200);
            request.getRequestDispatcher(uri.replaceAll("(?i)%2F", "/")).forward(request, response);
        } else {
            send(FrameworkExceptionMapper.errorOf(isErrorPage ? response.getStatus() : 404), response);
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static void send(ApiException e, HttpServletResponse response) throws IOException {
        response.setStatus(e.code().status());
        response.setContentType(MediaType.APPLICATION_JSON);
        response.getOutputStream().write(ErrorResponse.of(e).toJson().toString().getBytes(StandardCharsets.UTF_8));
    }
}
