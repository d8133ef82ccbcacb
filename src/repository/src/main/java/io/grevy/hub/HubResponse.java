package io.grevy.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer at the end of the redirects. To be closed; its body is read by one thread.
 *
 * @param uri where it is from
 * @param fromHub whether that is the hub itself, not a store that it redirects to
 * @param linkedEtag what the hub said of the file before it redirected
 */
record HubResponse(URI uri, boolean fromHub, HttpResponse<ResponseBody> response, Optional<String> linkedEtag)
        implements AutoCloseable {

    int status() {
        return response.statusCode();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    Optional<String> contentType() {
        return header("Content-Type").map(type -> type.split(";", 2)[0].strip());
    }

    OptionalLong contentLength() {
        return response.headers().firstValueAsLong("Content-Length");
    }

    List<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
        return response.body().next(patience);
    }

    /** The whole body, where it is not larger than so many bytes. */
    Optional<byte[]> whole(int mostBytes, Duration patience) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<ByteBuffer> piece = next(patience); !piece.isEmpty(); piece = next(patience)) {
            for (ByteBuffer buffer : piece) {
                byte[] chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                bytes.write(chunk, 0, chunk.length);
            }
            if (bytes.size() > mostBytes) {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    @Override
    public void close() {
        response.body().close();
    }
}
