package io.grevy.openai.json;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Turns the bytes of a body into one JSON object. Only UTF-8 is read; nothing may follow the object; a name may stand
 * in an object only once; depth and the length of numbers are bounded.
 */
public final class JsonText {

    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    private JsonText() {}

    /** @throws ApiException INVALID_JSON, with line and column */
    public static JsonObject parseObject(byte[] utf8) {
        if (utf8.length == 0) {
            throw new ApiException(ErrorCode.INVALID_JSON, "The request body is empty.");
        }
        // A decoder of its own: a stream reader by charset replaces what is malformed instead of refusing it.
        EndAwareReader text = new EndAwareReader(
                new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder()));
        try (JsonParser parser = PARSERS.createParser(text)) {
            return new TreeBuilder(parser).object();
        } catch (JsonParsingException e) {
            if (text.ended()) { // where the parser counts columns wrongly
                throw new ApiException(
                        ErrorCode.INVALID_JSON, "The request body is not valid JSON: it ends too early.");
            }
            throw Located.error(ErrorCode.INVALID_JSON, "The request body is not valid JSON", e.getLocation());
        } catch (JsonException e) {
            throw new ApiException(ErrorCode.INVALID_JSON, reason(e));
        }
    }

    private static String reason(JsonException e) {
        return e.getCause() instanceof CharacterCodingException
                ? "The request body is not valid UTF-8."
                : "The request body is not valid JSON.";
    }
}
