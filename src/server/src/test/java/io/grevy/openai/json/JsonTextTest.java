package io.grevy.openai.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @Test
    void readsEveryKindOfValue() {
        JsonObject object = parse("{\"a\":[1,2.5e3,-0,true,false,null,\"é\\u20ac\"],\"b\":{}}");

        assertThat(object.toString()).isEqualTo("{\"a\":[1,2.5E+3,0,true,false,null,\"é€\"],\"b\":{}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":}                | The request body is not valid JSON, at line 1, column 6.
            {"a":1                | The request body is not valid JSON: it ends too early.
            {"a                   | The request body is not valid JSON: it ends too early.
            {"a":tr               | The request body is not valid JSON: it ends too early.
            {"a":1,}              | The request body is not valid JSON, at line 1, column 8.
            {'a':1}               | The request body is not valid JSON, at line 1, column 2.
            {"a":NaN}             | The request body is not valid JSON, at line 1, column 6.
            {"a":01}              | The request body is not valid JSON, at line 1, column 7.
            [1]                   | The request body must be a JSON object.
            "text"                | The request body must be a JSON object.
            null                  | The request body must be a JSON object.
            {"a":1,"b":2,"a":3}   | The name 'a' stands twice in one object, at line 1, column 17.
            {"a":{"b":1,"b":1}}   | The name 'b' stands twice in one object, at line 1, column 16.
            """)
    void refusesWhatIsNotOneObject(String text, String message) {
        ApiException refused = refusal(text);

        assertThat(refused).hasMessage(message);
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void refusesWhatFollowsTheObject() {
        assertThat(refusal("{} x").code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(refusal("{}{}").code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(parse("{} \r\n\t ")).isEmpty();
    }

    @Test
    void saysWhichLineIsWrong() {
        assertThat(refusal("{\n  \"a\": 1,\n  \"b\": x\n}")).hasMessageContaining("at line 3, column");
    }

    @Test
    void refusesAnEmptyBody() {
        assertThat(refusal("")).hasMessage("The request body is empty.");
        assertThat(refusal("  ").code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(catchThrowableOfType(ApiException.class, () -> JsonText.parseObject(latin1)))
                .hasMessage("The request body is not valid UTF-8.");
    }

    @Test
    void boundsTheDepth() {
        String deepest = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
        String deeper = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";

        assertThat(parse(deepest)).containsKey("a");
        assertThat(refusal(deeper)).hasMessageStartingWith("The JSON is nested more than 64 deep, at line 1");
        assertThat(refusal("{\"a\":" + "[".repeat(1_000_000))).hasMessageStartingWith("The JSON is nested");
    }

    @Test
    void boundsTheLengthOfNumbers() {
        assertThat(refusal("{\"a\":" + "1".repeat(101) + "}"))
                .hasMessageStartingWith("A number is longer than 100 characters");
        assertThat(refusal("{\"a\":1e99999999999}")).hasMessageStartingWith("The number 1e99999999999 is out of range");
    }

    private static JsonObject parse(String text) {
        return JsonText.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiException refusal(String text) {
        return catchThrowableOfType(ApiException.class, () -> parse(text));
    }
}
