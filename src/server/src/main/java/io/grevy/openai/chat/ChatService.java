package io.grevy.openai.chat;

import io.grevy.component.Component;
import jakarta.inject.Inject;
import java.io.InputStream;

/** Answers requests for chat completions. Thread-safe. */
@Component
class ChatService {

    private final Exchanges exchanges;
    private final GenerationEndpoint endpoint;

    @Inject
    ChatService(Exchanges exchanges, ChatRequestReader reader, PicturePool pictures) {
        this.exchanges = exchanges;
        this.endpoint = new GenerationEndpoint(exchanges, body -> new ChatGeneration(reader.read(body), pictures));
    }

    /** As {@link Exchanges#submit}. */
    void submit(String requestId, InputStream body, Reply reply) {
        exchanges.submit(endpoint, requestId, body, reply);
    }

    /** One request, to be run on this thread. */
    Runnable exchange(String requestId, InputStream body, Reply reply) {
        return new Exchange<>(exchanges, endpoint, requestId, body, reply);
    }
}
