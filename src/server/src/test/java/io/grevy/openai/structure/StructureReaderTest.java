package io.grevy.openai.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.Structure;
import io.grevy.inference.Structure.Kind;
import io.grevy.openai.ApiException;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureReaderTest {

    private static Optional<Structure> read(String members) {
        return StructureReader.read(
                new Fields("", JsonText.parseObject(("{" + members + "}").getBytes(StandardCharsets.UTF_8))));
    }

    private static ApiException refusal(String members) {
        return catchThrowableOfType(ApiException.class, () -> read(members));
    }

    private static String schema(String schema) {
        return "\"structured_outputs\":{\"json\":" + schema + "}";
    }

    @Test
    void textIsNoStructure() {
        assertThat(read("\"response_format\":{\"type\":\"text\"}")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void readsOpenAisFormats() {
        assertThat(read("\"response_format\":{\"type\":\"json_object\"}"))
                .contains(new Structure(Kind.JSON_SCHEMA, "{\"type\":\"object\"}", "response_format"));
        assertThat(read("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a-1\","
                        + "\"strict\":true,\"description\":\"x\",\"schema\":{\"type\":\"integer\"}}}"))
                .contains(new Structure(
                        Kind.JSON_SCHEMA, "{\"type\":\"integer\"}", "response_format.json_schema.schema"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'{\"type\":\"integer\",\"format\":\"int32\"}' ~ "
                        + "'{\"type\":\"integer\",\"minimum\":-2147483647,\"maximum\":2147483647}'",
                "'{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":0}' ~ "
                        + "'{\"type\":\"integer\",\"minimum\":0,\"maximum\":999999999999999999}'",
                "'{\"type\":\"number\",\"format\":\"double\"}' ~ '{\"type\":\"number\"}'"
            })
    void readsTheFormatOfANumberAsItsRange(String schema, String enforced) {
        assertThat(read("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                        + schema + "}}"))
                .contains(new Structure(Kind.JSON_SCHEMA, enforced, "response_format.json_schema.schema"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"json\":{\"enum\":[1]}} ~ JSON_SCHEMA ~ {\"enum\":[1]} ~ json",
                "{\"json\":\"{\\\"enum\\\":[1]}\"} ~ JSON_SCHEMA ~ {\"enum\":[1]} ~ json",
                "{\"json_object\":true} ~ JSON_SCHEMA ~ {\"type\":\"object\"} ~ json_object",
                "{\"regex\":\"a+\"} ~ REGEX ~ a+ ~ regex",
                "{\"grammar\":\"root ::= \\\"a\\\"\"} ~ GRAMMAR ~ root ::= \"a\" ~ grammar",
                "{\"choice\":[\"yes\",\"a \\\"b\\\\\"]} ~ GRAMMAR ~ root ::= \"yes\" | \"a \\\"b\\\\\" ~ choice",
                "{\"structural_tag\":{\"type\":\"structural_tag\",\"format\":{\"type\":\"any_text\"}}} ~ STRUCTURAL_TAG "
                        + "~ {\"type\":\"structural_tag\",\"format\":{\"type\":\"any_text\"}} ~ structural_tag",
                "{\"regex\":\"a\",\"disable_fallback\":false,\"whitespace_pattern\":null} ~ REGEX ~ a ~ regex"
            })
    void readsVllmsForms(String outputs, Kind kind, String text, String member) {
        assertThat(read("\"structured_outputs\":" + outputs))
                .contains(new Structure(kind, text, "structured_outputs." + member));
    }

    @Test
    void readsStructuralTagsInEachForm() {
        assertThat(read("\"response_format\":{\"type\":\"regex\",\"pattern\":\"a+\"}"))
                .as("as OpenVINO Model Server takes them")
                .contains(new Structure(
                        Kind.STRUCTURAL_TAG,
                        "{\"type\":\"structural_tag\",\"format\":{\"type\":\"regex\",\"pattern\":\"a+\"}}",
                        "response_format"));
        assertThat(read("\"response_format\":{\"type\":\"structural_tag\",\"triggers\":[\"<f\"],\"structures\":["
                        + "{\"begin\":\"<f>\",\"schema\":{\"enum\":[1]},\"end\":\"</f>\"}]}"))
                .as("the older form")
                .contains(new Structure(
                        Kind.STRUCTURAL_TAG,
                        "{\"type\":\"structural_tag\",\"format\":{\"type\":\"triggered_tags\",\"triggers\":[\"<f\"],"
                                + "\"tags\":[{\"type\":\"tag\",\"begin\":\"<f>\",\"content\":{\"type\":\"json_schema\","
                                + "\"json_schema\":{\"enum\":[1]}},\"end\":\"</f>\"}]}}",
                        "response_format"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\"response_format\":7 ~ response_format ~ must be an object",
                "\"response_format\":{} ~ response_format.type ~ is required",
                "\"response_format\":{\"type\":\"xml\"} ~ response_format.type ~ must be one of 'text', 'json_object'",
                "\"response_format\":{\"type\":\"json_object\",\"schema\":{}} ~ response_format.schema ~ Unrecognized",
                "\"response_format\":{\"type\":\"json_schema\"} ~ response_format.json_schema ~ is required",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}} "
                        + "~ response_format.json_schema.name ~ is required",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a b\"}} "
                        + "~ response_format.json_schema.name ~ must be 1 to 64 letters",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"strict\":1}} "
                        + "~ response_format.json_schema.strict ~ must be a boolean",
                "\"structured_outputs\":{} ~ structured_outputs ~ must hold exactly one of",
                "\"structured_outputs\":{\"regex\":\"a\",\"json\":{}} ~ structured_outputs ~ must hold exactly one of",
                "\"structured_outputs\":{\"lark\":\"a\"} ~ structured_outputs.lark ~ Unrecognized",
                "\"structured_outputs\":{\"regex\":\"a\",\"disable_any_whitespace\":true} "
                        + "~ structured_outputs.disable_any_whitespace ~ is supported only as false",
                "\"structured_outputs\":{\"choice\":[]} ~ structured_outputs.choice ~ must hold at least one text",
                "\"structured_outputs\":{\"choice\":[7]} ~ structured_outputs.choice[0] ~ must be a string",
                "\"structured_outputs\":{\"json\":\"{\"} ~ structured_outputs.json ~ is not a JSON object",
                "\"structured_outputs\":{\"regex\":\"a\"},\"response_format\":{\"type\":\"json_object\"} "
                        + "~ structured_outputs ~ cannot be combined with a response_format"
            })
    void namesWhatIsWrong(String members, String param, String message) {
        ApiException refused = refusal(members);

        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.param()).contains(param);
        assertThat(refused.code().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"maxLength\":9}},\"required\":[\"a\"]}",
                "{\"$defs\":{\"n\":{\"type\":\"integer\"}},\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/n\"}}",
                "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}},\"additionalProperties\":false}",
                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\",\"format\":\"date\"}],\"title\":\"x\",\"default\":null}",
                "{\"type\":\"string\",\"enum\":[\"a\",\"b\"],\"description\":\"x\"}",
                "{\"type\":\"object\",\"patternProperties\":{\"^x\":true}}"
            })
    void takesWhatCanBeEnforced(String schema) {
        assertThat(read(schema(schema))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"integer\",\"multipleOf\":5} ~ multipleOf ~ is supported by no model",
                "{\"not\":{}} ~ not ~ is supported by no model",
                "{\"type\":\"array\",\"uniqueItems\":true} ~ uniqueItems ~ is supported by no model",
                "{\"properties\":{\"a\":{\"if\":{}}}} ~ properties.a.if ~ is supported by no model",
                "{\"allOf\":[{},{}]} ~ allOf ~ may hold one schema only",
                "{\"type\":\"object\",\"properties\":{},\"anyOf\":[{}]} ~ anyOf ~ stands beside 'properties'",
                "{\"type\":\"string\",\"pattern\":\"a\",\"maxLength\":3} ~ pattern ~ stands beside a length",
                "{\"type\":\"string\",\"format\":\"colour\"} ~ format ~ must be one of",
                "{\"$ref\":\"http://x/y\"} ~ $ref ~ must be a reference within the schema",
                "{\"$ref\":\"#/$defs/a\"} ~ $ref ~ leads nowhere",
                "{\"$ref\":\"#\"} ~ $ref ~ leads back to itself",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}} "
                        + "~ $ref ~ leads back to itself",
                "{\"type\":\"string\",\"minLength\":1000000} ~ minLength ~ must be an integer between 0 and 100000",
                "{\"type\":\"string\",\"pattern\":\"((a{1,999}){1,999}){1,999}\"} ~ pattern ~ repeats more than",
                "{\"items\":7} ~ items ~ must be an object"
            })
    void refusesByNameWhatIsNotEnforced(String schema, String member, String message) {
        ApiException refused = refusal(schema(schema));

        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.param()).contains("structured_outputs.json." + member);
    }

    @Test
    void boundsWhatWouldEndTheProcessOrNeverEnd() {
        assertThat(refusal("\"structured_outputs\":{\"regex\":\"" + "(".repeat(1000) + "a" + ")".repeat(1000) + "\"}"))
                .hasMessageContaining("nests its groups more than 16 deep");
        assertThat(refusal("\"structured_outputs\":{\"regex\":\"" + "(a|b)".repeat(500) + "\"}"))
                .hasMessageContaining("2500 characters long");
        assertThat(refusal("\"structured_outputs\":{\"grammar\":\"root ::= " + "(".repeat(20) + "\\\"a\\\""
                        + ")".repeat(20) + "\"}"))
                .hasMessageContaining("nests its groups more than 16 deep");
        assertThat(refusal("\"structured_outputs\":{\"grammar\":\"root ::= ((\\\"a\\\"|\\\"b\\\"){1,1000}){1,1000}\"}"))
                .hasMessageContaining("repeats more than 4096 elements");
        assertThat(refusal("\"structured_outputs\":{\"choice\":[\"" + "x".repeat(40_000) + "\"]}"))
                .hasMessageContaining("at most 32768 are taken");
        assertThat(refusal(schema("{\"items\":".repeat(40) + "{}" + "}".repeat(40))))
                .hasMessageContaining("nests schemas more than 32 deep");
        assertThat(refusal("\"response_format\":{\"type\":\"sequence\",\"elements\":[{\"type\":\"regex\",\"pattern\":\""
                        + "(".repeat(20) + ")".repeat(20) + "\"}]}"))
                .hasMessageContaining("nests its groups more than 16 deep");
    }

    @Test
    void whatStandsInClassesTextsAndEscapesIsNoGroup() {
        assertThat(read("\"structured_outputs\":{\"regex\":\"" + "[(]\\\\(".repeat(30) + "a{3}\"}"))
                .isPresent();
        assertThat(read("\"structured_outputs\":{\"grammar\":\"root ::= " + "\\\"((\\\" ".repeat(30) + "\"}"))
                .isPresent();
    }
}
