package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.grevy.engine.Answers.Answer;
import io.grevy.inference.EngineCondition;
import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.RefusedRequestException;
import io.grevy.openai.chat.Requests;
import io.grevy.repository.PipelineType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models of random weights answer when they have to obey. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructuredAnswersTest {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private OpenModel model;

    @BeforeAll
    void open() throws Exception {
        model = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded());
    }

    @AfterAll
    void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"properties\":{\"colour\":{\"enum\":[\"red\",\"grün\",\"蓝\"]},"
                        + "\"sides\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":99}},"
                        + "\"required\":[\"colour\",\"sides\"],\"additionalProperties\":false}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":5},\"minItems\":2,\"maxItems\":4}",
                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"boolean\"},{\"const\":\"perhaps\"}]}",
                "{\"$defs\":{\"point\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\",\"minimum\":-9,"
                        + "\"maximum\":9},\"y\":{\"type\":\"integer\",\"minimum\":-9,\"maximum\":9}},"
                        + "\"required\":[\"x\",\"y\"],\"additionalProperties\":false}},"
                        + "\"type\":\"object\",\"properties\":{\"from\":{\"$ref\":\"#/$defs/point\"},"
                        + "\"to\":{\"$ref\":\"#/$defs/point\"}},\"required\":[\"from\",\"to\"],"
                        + "\"additionalProperties\":false}",
                "{\"type\":\"object\",\"properties\":{\"day\":{\"type\":\"string\",\"format\":\"date\"},"
                        + "\"code\":{\"type\":\"string\",\"pattern\":\"^[A-Z]{3}[0-9]{2}$\"}},"
                        + "\"required\":[\"day\",\"code\"],\"additionalProperties\":false}"
            })
    void anAnswerIsValidAgainstItsSchema(String schema) throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            Answer answer = one("\"max_tokens\":800,\"temperature\":0.9,\"seed\":" + seed
                    + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"it\","
                    + "\"strict\":true,\"schema\":" + schema + "}}");

            assertThat(answer.reason()).isEqualTo(FinishReason.STOP);
            assertThat(SCHEMAS.getSchema(schema).validate(answer.text(), InputFormat.JSON))
                    .as(answer.text())
                    .isEmpty();
        }
    }

    @Test
    void anyJsonObjectIsOneAsFarAsItCame() throws Exception {
        String text =
                one("\"max_tokens\":80,\"temperature\":0.9,\"seed\":2,\"response_format\":{\"type\":\"json_object\"}")
                        .text();

        assertThat(text.strip()).startsWith("{").containsPattern("\\{\\s*(\"|\\})");
    }

    @Test
    void aChoiceIsOneOfItsTextsAndNotAlwaysTheSame() throws Exception {
        Set<String> chosen = new HashSet<>();
        for (int seed = 0; seed < 12; seed++) {
            chosen.add(one("\"max_tokens\":30,\"temperature\":2,\"seed\":" + seed
                            + ",\"structured_outputs\":{\"choice\":[\"yes\",\"no, \\\"never\\\"\",\"да\\n\"]}")
                    .text());
        }

        assertThat(chosen).isSubsetOf("yes", "no, \"never\"", "да\n").hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\"structured_outputs\":{\"regex\":\"[a-c]{3}-[0-9]{2}\"} ~ [a-c]{3}-[0-9]{2}",
                "\"structured_outputs\":{\"grammar\":\"root ::= \\\"x\\\" [0-9]{4}\"} ~ x[0-9]{4}",
                "\"structured_outputs\":{\"structural_tag\":{\"type\":\"structural_tag\",\"format\":{\"type\":\"tag\","
                        + "\"begin\":\"<f>\",\"end\":\"</f>\",\"content\":{\"type\":\"regex\",\"pattern\":\"[0-9]{3}\"}}}} "
                        + "~ <f>[0-9]{3}</f>",
                "\"response_format\":{\"type\":\"sequence\",\"elements\":[{\"type\":\"const_string\",\"value\":\"a\"},"
                        + "{\"type\":\"json_schema\",\"json_schema\":{\"enum\":[1,2]}}]} ~ a[12]"
            })
    void anAnswerMatchesWhatItHasTo(String members, String expected) throws Exception {
        for (PipelineType type : PipelineType.values()) {
            try (OpenModel open = OpenModel.of(type.vision() ? "qwen2_vl" : "qwen2", type, new Unrecorded())) {
                Answers answers = Answers.of(open.engine()
                        .start(Requests.asking(
                                "Go", "\"max_tokens\":60,\"temperature\":1,\"seed\":3,\"n\":2," + members)));

                assertThat(answers.texts()).as(type.name()).hasSize(2).allMatch(text -> text.matches(expected));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\"structured_outputs\":{\"json\":{\"type\":\"nothing\"}} ~ structured_outputs.json",
                "\"structured_outputs\":{\"json\":{\"enum\":[]}} ~ structured_outputs.json",
                "\"structured_outputs\":{\"regex\":\"(a\"} ~ structured_outputs.regex",
                "\"structured_outputs\":{\"regex\":\"[z-a]\"} ~ structured_outputs.regex",
                "\"structured_outputs\":{\"grammar\":\"root ::= nowhere\"} ~ structured_outputs.grammar",
                "\"response_format\":{\"type\":\"structural_tag\",\"format\":{\"type\":\"nothing\"}} ~ response_format",
                "\"response_format\":{\"type\":\"regex\"} ~ response_format",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":"
                        + "{\"type\":\"string\",\"minLength\":5,\"maxLength\":2}}} ~ response_format.json_schema.schema"
            })
    void aBadOneIsRefusedByNameAndLeavesTheStreamsBesideItAlone(String members, String field) throws Exception {
        String stream = "\"max_tokens\":60,\"ignore_eos\":true,\"temperature\":0";
        String alone = one(stream).text();
        try (Generation running = model.engine().start(Requests.asking("Tell me a story.", stream))) {
            assertThat(running.next(Duration.ofSeconds(60))).isPresent();

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> one(members))
                        .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                            assertThat(e.field()).isEqualTo(field);
                            assertThat(e.reason()).isEqualTo(RefusedRequestException.Reason.INVALID_VALUE);
                        })
                        .hasMessageContaining("can't be compiled: ")
                        .hasMessageNotContaining(".cc:");
            }
        }

        assertThat(one(stream).text()).isEqualTo(alone);
        assertThat(model.engine().condition()).isEqualTo(EngineCondition.WELL);
    }

    private Answer one(String members) throws Exception {
        return Answers.of(model.engine().start(Requests.asking("Tell me a story.", members)))
                .choice(0);
    }
}
