package io.grevy.openai.completions;

import io.grevy.component.Settings;
import io.grevy.inference.InferenceRequest;
import io.grevy.openai.chat.ChatSettings;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Requests out of bodies as clients send them. */
public final class Completions {

    private static final CompletionReader READER =
            new CompletionReader(ChatSettings.from(new Settings((Config) Proxy.newProxyInstance(
                    Completions.class.getClassLoader(),
                    new Class<?>[] {Config.class},
                    (proxy, method, arguments) -> Optional.empty()))));

    private Completions() {}

    /** @param members over a model and the prompt "Hello" */
    static CompletionRequest read(JsonObject members) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("model", "m").add("prompt", "Hello");
        members.forEach(body::add);
        return READER.read(body.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    static CompletionRequest read(String members) {
        return read(Json.createReader(new StringReader(members)).readObject());
    }

    /** For the engine. */
    public static InferenceRequest asking(String members) {
        return read(members).toInference("cmpl-test");
    }
}
