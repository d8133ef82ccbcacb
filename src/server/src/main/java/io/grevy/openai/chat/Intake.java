package io.grevy.openai.chat;

import io.grevy.component.Component;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes a request in: its type, its length, its bytes, its meaning. Thread-safe. */
@Component
public class Intake {

    private static final int PIECE = 64 * 1024;

    private final long maxBytes;

    /** A parse takes several times the body in memory and all of a core: more at a time would gain nothing. */
    private final Semaphore parsing =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    @Inject
    Intake(ChatSettings settings) {
        this.maxBytes = settings.maxRequestBytes();
    }

    /**
     * What the headers alone tell.
     *
     * @param contentLength the header, as it came
     * @throws ApiException UNSUPPORTED_MEDIA_TYPE or REQUEST_TOO_LARGE
     */
    void checkHeaders(@Nullable String contentType, @Nullable String contentLength) {
        checkType(contentType);
        if (contentLength != null && contentLength.matches("\\d{1,18}") && Long.parseLong(contentLength) > maxBytes) {
            throw tooLarge();
        }
    }

    /**
     * Reads all of the body, counting it in the share, and checks it.
     *
     * @param reader makes a request of its bytes
     */
    <R> R read(InputStream body, BodyBudget.Share share, Function<byte[], R> reader) throws InterruptedException {
        byte[] bytes = readAll(body, share);
        parsing.acquire();
        try {
            return reader.apply(bytes);
        } finally {
            parsing.release();
        }
    }

    private byte[] readAll(InputStream body, BodyBudget.Share share) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            for (int length = body.read(piece); length >= 0; length = body.read(piece)) {
                if (all.size() + length > maxBytes) {
                    throw tooLarge();
                }
                share.grow(length);
                all.write(piece, 0, length);
            }
        } catch (IOException e) {
            throw new ApiException(ErrorCode.INVALID_REQUEST, "The request body ended early.", e);
        }
        return all.toByteArray();
    }

    private static void checkType(@Nullable String contentType) {
        if (contentType == null) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The Content-Type must be application/json; there was none.");
        }
        String[] parts = contentType.strip().split("\\s*;\\s*", 2);
        if (!parts[0].equalsIgnoreCase(MediaType.APPLICATION_JSON)) {
            throw new ApiException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The Content-Type must be application/json, not " + parts[0] + ".");
        }
        if (parts.length == 2 && parts[1].matches("(?i)charset=.*") && !parts[1].matches("(?i)charset=\"?utf-?8\"?")) {
            throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The charset of JSON must be UTF-8.");
        }
    }

    private ApiException tooLarge() {
        return new ApiException(
                ErrorCode.REQUEST_TOO_LARGE, "The request body may be at most " + maxBytes + " bytes long.");
    }
}
