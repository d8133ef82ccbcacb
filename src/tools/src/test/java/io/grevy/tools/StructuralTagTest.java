package io.grevy.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StructuralTagTest {
    private static final Tool WEATHER = Reading.tool(
            "get_weather",
            "{\"type\":\"object\",\"properties\":{\"unit\":{\"enum\":[\"c\",\"f\"]},\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");
    private static final Tool TIME = new Tool("get_time", JsonValue.EMPTY_JSON_OBJECT);
    private static final ToolChoice AUTO = new ToolChoice.Auto();
    private static final ToolChoice REQUIRED = new ToolChoice.Required();

    private static String json(ToolFormat format, ToolChoice choice, boolean parallel) {
        return new OutputFormat(Optional.of(format), Optional.empty())
                .structure(List.of(WEATHER, TIME), choice, parallel, false)
                .orElseThrow()
                .json();
    }

    @Test
    void describesHermes() {
        assertThat(Reading.json(json(ToolFormat.HERMES3, AUTO, true))).isEqualTo(Reading.json("""
                                {"type": "structural_tag", "format": {
                                  "type": "triggered_tags", "triggers": ["<tool_call>"],
                                  "tags": [
                                    {"type": "tag", "begin": "<tool_call>\\n{\\"name\\": \\"get_weather\\", \\"arguments\\": ",
                                     "content": {"type": "json_schema", "json_schema": {"type": "object",
                                       "properties": {"unit": {"enum": ["c", "f"]}, "city": {"type": "string"}},
                                       "required": ["city"]}},
                                     "end": "}\\n</tool_call>"},
                                    {"type": "tag", "begin": "<tool_call>\\n{\\"name\\": \\"get_time\\", \\"arguments\\": ",
                                     "content": {"type": "json_schema", "json_schema": {"type": "object"}},
                                     "end": "}\\n</tool_call>"}],
                                  "at_least_one": false, "stop_after_first": false}}"""));
    }

    @Test
    void describesParametersOfQwen3Coder() {
        JsonObject tag = Reading.json(json(ToolFormat.QWEN3_CODER, REQUIRED, true))
                .getJsonObject("format")
                .getJsonArray("tags")
                .getJsonObject(0);

        assertThat(tag).isEqualTo(Reading.json("""
                                {"type": "tag", "begin": "<tool_call>\\n<function=get_weather>\\n",
                                 "content": {"type": "sequence", "elements": [
                                   {"type": "tag", "begin": "<parameter=city>\\n", "content": {"type": "any_text"},
                                    "end": "\\n</parameter>\\n"},
                                   {"type": "or", "elements": [
                                     {"type": "tag", "begin": "<parameter=unit>\\n", "content": {"type": "or", "elements": [
                                       {"type": "const_string", "value": "c"}, {"type": "const_string", "value": "f"}]},
                                      "end": "\\n</parameter>\\n"},
                                     {"type": "grammar", "grammar": "root ::= \\"\\""}]}]},
                                 "end": "</function>\\n</tool_call>"}"""));
    }

    @ParameterizedTest
    @EnumSource(ToolFormat.class)
    void forcesACallWhereItIsRequired(ToolFormat format) {
        assertThat(json(format, AUTO, true)).contains("\"triggers\":[").contains("\"at_least_one\":false");
        assertThat(json(format, REQUIRED, true))
                .contains("get_weather")
                .contains("get_time")
                .contains("\"at_least_one\":true");
        assertThat(json(format, REQUIRED, false)).contains("\"stop_after_first\":true");
        assertThat(json(format, new ToolChoice.Named("get_time"), true))
                .contains("get_time")
                .doesNotContain("get_weather")
                .contains("\"at_least_one\":true")
                .contains("\"stop_after_first\":true");
    }

    @Test
    void letsTheModelReasonBeforeARequiredCall() {
        OutputFormat format = new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.of(ReasoningFormat.QWEN3));

        assertThat(elements(format, REQUIRED, true).getJsonObject(0)).isEqualTo(Reading.json("""
                                {"type": "sequence", "elements": [
                                  {"type": "tag", "begin": "", "content": {"type": "any_text"}, "end": "</think>"},
                                  {"type": "regex", "pattern": "\\\\n{0,2}"}]}"""));
        assertThat(elements(format, REQUIRED, false).getJsonObject(0).getString("type"))
                .isEqualTo("or");
        assertThat(format.structure(List.of(TIME), AUTO, true, true)
                        .orElseThrow()
                        .format()
                        .getString("type"))
                .isEqualTo("triggered_tags");
    }

    private static JsonArray elements(OutputFormat format, ToolChoice choice, boolean inside) {
        return format.structure(List.of(TIME), choice, true, inside)
                .orElseThrow()
                .format()
                .getJsonArray("elements");
    }

    @Test
    void refusesANamedToolThatIsNone() {
        OutputFormat format = new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.empty());

        assertThatThrownBy(() -> format.structure(List.of(TIME), new ToolChoice.Named("x"), true, false))
                .hasMessage("There is no tool \"x\" in this request");
    }

    @Test
    void isAbsentWithoutToolsOrFormat() {
        assertThat(new OutputFormat(Optional.empty(), Optional.empty()).structure(List.of(TIME), AUTO, true, false))
                .isEmpty();
        assertThat(new OutputFormat(Optional.of(ToolFormat.LFM2), Optional.empty())
                        .structure(List.of(), AUTO, true, false))
                .isEmpty();
    }
}
