package io.grevy.openai.chat;

import io.grevy.openai.ApiException;
import io.grevy.openai.JsonAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps what a client would have got. */
class RecordedReply implements Reply {

    Optional<ChatCompletion> whole = Optional.empty();
    Optional<ApiException> failure = Optional.empty();
    Optional<String> streamed = Optional.empty();

    private final int bytesBeforeTheClientGoes;

    RecordedReply() {
        this(Integer.MAX_VALUE);
    }

    /** @param bytesBeforeTheClientGoes after so many, writing fails */
    RecordedReply(int bytesBeforeTheClientGoes) {
        this.bytesBeforeTheClientGoes = bytesBeforeTheClientGoes;
    }

    boolean settled() {
        return whole.isPresent() || failure.isPresent() || streamed.isPresent();
    }

    @Override
    public void whole(JsonAnswer answer) {
        if (!settled()) {
            whole = Optional.of((ChatCompletion) answer);
        }
    }

    @Override
    public void stream(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            body.writeTo(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    if (out.size() >= bytesBeforeTheClientGoes) {
                        throw new IOException("Broken pipe");
                    }
                    out.write(b);
                }
            });
        } catch (IOException e) {
            throw new AssertionError("A stream lets no exception out", e);
        }
        streamed = Optional.of(out.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void fail(ApiException e) {
        if (!settled()) {
            failure = Optional.of(e);
        }
    }
}
