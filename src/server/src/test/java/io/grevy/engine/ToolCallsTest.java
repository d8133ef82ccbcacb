package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.openai.chat.Requests;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.PipelineType;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of tools, with a model of random weights whose chat template takes tools: what it cannot know is forced. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolCallsTest {

    private static final String LOOK = "{\"type\":\"object\",\"properties\":{\"colour\":{\"enum\":[\"red\",\"grün\"]},"
            + "\"sides\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":9}},\"required\":[\"colour\",\"sides\"],"
            + "\"additionalProperties\":false}";
    private static final String WAIT = "{\"type\":\"object\",\"properties\":{\"patient\":{\"type\":\"boolean\"}},"
            + "\"required\":[\"patient\"],\"additionalProperties\":false}";
    private static final Map<String, String> SCHEMAS = Map.of("look", LOOK, "wait", WAIT);
    private static final String TOOLS =
            "\"tools\":[" + tool("look", LOOK) + "," + tool("wait", WAIT) + "],\"max_tokens\":200,\"temperature\":1";

    @TempDir
    static Path folder;

    private OpenModel model;

    @BeforeAll
    void open() throws Exception {
        FixtureCopy.of("qwen2", FixtureCopy.TAKING_TOOLS, folder);
        model = OpenModel.of(folder, PipelineType.LM_CB, new Unrecorded());
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void aCallThatIsRequiredIsOneOfATool() throws Exception {
        Set<String> called = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int seed = 0; seed < 8; seed++) {
            Called answer = ask(TOOLS + ",\"tool_choice\":\"required\",\"parallel_tool_calls\":false,\"seed\":" + seed);

            assertThat(answer.names).hasSize(1);
            assertValid(answer, 0);
            assertThat(answer.text).isEmpty();
            assertThat(answer.reason).isEqualTo(FinishReason.TOOL_CALLS);
            called.addAll(answer.names);
            ids.addAll(answer.ids);
        }
        assertThat(called).containsExactlyInAnyOrder("look", "wait");
        assertThat(ids).hasSize(8).allMatch(id -> id.matches("call_[A-Za-z0-9]{24}"));
    }

    @ParameterizedTest
    @CsvSource({"look", "wait"})
    void aCallOfANamedToolIsOneOfIt(String name) throws Exception {
        Called answer =
                ask(TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}");

        assertThat(answer.names).containsExactly(name);
        assertValid(answer, 0);
        assertThat(answer.reason).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void textMayFollowACallThatMayBeOneOfSeveral() throws Exception {
        Called answer = ask(TOOLS + ",\"tool_choice\":\"required\",\"seed\":1");

        assertValid(answer, 0);
        assertThat(answer.text).isNotEmpty();
    }

    @Test
    void eachChoiceCallsAndOneThatIsCutShortEndsWithItsLength() throws Exception {
        String forced = TOOLS + ",\"tool_choice\":\"required\",\"n\":3,\"logprobs\":true,\"parallel_tool_calls\":false";
        Map<Integer, Called> answers = all(forced);

        assertThat(answers).hasSize(3);
        answers.values().forEach(answer -> {
            assertValid(answer, 0);
            assertThat(answer.tokens).isGreaterThan(10);
        });
        Called cut = ask(forced.replace("200", "12").replace("\"n\":3", "\"n\":1"));
        assertThat(cut.reason).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void withoutAnyForceAnswersAreText() throws Exception {
        Called answer = ask(TOOLS);

        assertThat(answer.text).isNotEmpty();
        assertThat(answer.names).isEmpty();
        assertThat(answer.reason).isNotEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void whatASchemaLeavesOpenIsStillAnObjectWithItsNames() throws Exception {
        Called answer = ask("\"tools\":["
                + tool(
                        "look",
                        "{\"type\":\"object\",\"properties\":{\"sides\":{\"enum\":[1,2]},\"no\":{\"not\":{}}},"
                                + "\"required\":[\"sides\"]}")
                + "],\"max_tokens\":400,\"tool_choice\":\"required\",\"temperature\":0.5,\"seed\":3");

        assertThat(answer.arguments(0)).matches("(?s)\\s*\\{\\s*\"sides\"\\s*:\\s*[12].*");
    }

    @Test
    void theTemplateSeesToolsCallsAndResults() throws Exception {
        String prompt = prompt(
                "[{\"role\":\"user\",\"content\":\"Look\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"c1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"sides\\\":3}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a triangle\"}]",
                TOOLS);

        assertThat(prompt)
                .startsWith("<|im_start|>system\n# Tools\n{")
                .contains("\"patient\"")
                .contains(
                        "<|im_start|>assistant\n(hm)\n<tool_call>\n{\"name\": \"look\", \"arguments\": {\"sides\": 3}}\n"
                                + "</tool_call><|im_end|>")
                .endsWith("<|im_start|>tool\nlook gave a triangle<|im_end|>\n<|im_start|>assistant\n");
        assertThat(prompt("[{\"role\":\"user\",\"content\":\"Look\"}]", TOOLS + ",\"tool_choice\":\"none\""))
                .doesNotContain("patient");
    }

    @Test
    void toolsAndCallsMayNotHoldWhatTheModelReserves() {
        assertThatThrownBy(() -> ask(TOOLS.replace("\"look\",", "\"look\",\"description\":\"<|im_end|>\",")))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.RESERVED_TEXT);
                    assertThat(e.field()).isEqualTo("tools");
                });
        assertThatThrownBy(() -> model.engine()
                        .start(Requests.of(
                                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\","
                                        + "\"arguments\":\"{\\\"a\\\":\\\"\\\\u003c|im_end|>\\\"}\"}}]}]",
                                "")))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.RESERVED_TEXT));
    }

    @Test
    void modelsWithoutAFormOfCallsRefuseTools() throws Exception {
        try (OpenModel plain = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded())) {
            assertThatThrownBy(() -> plain.engine().start(Requests.asking("Look", TOOLS)))
                    .isInstanceOfSatisfying(
                            RefusedRequestException.class,
                            e -> assertThat(e.field()).isEqualTo("tools"))
                    .hasMessage(
                            "tools is not supported by this model: its chat template shows no known form of calls.");
        }
    }

    /** All but gpt-oss, which may reason first: to that this model finds no end. */
    @ParameterizedTest
    @CsvSource({"mistral", "qwen3coder", "llama3", "phi4", "lfm2", "minicpm5", "devstral", "gemma3", "gemma4"})
    void aParserThatIsNamedForcesItsForm(String parser) throws Exception {
        try (OpenModel named = serving(Map.of("tool_parser", parser))) {
            Called answer = first(all(
                    named,
                    TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"look\"}},\"seed\":1"));

            assertThat(answer.names).containsExactly("look");
            assertThat(answer.ids.get(0))
                    .matches(parser.matches("mistral|devstral") ? "[A-Za-z0-9]{9}" : "call_[A-Za-z0-9]{24}");
            assertValid(answer, 0);
        }
    }

    @Test
    void aGuidingServerRefusesSchemasThatItCannotHoldTo() throws Exception {
        String loose = "\"tools\":[" + tool("look", "{\"type\":\"object\",\"minItems\":1,\"not\":{}}") + "]";
        try (OpenModel guiding = serving(Map.of("enable_tool_guided_generation", "true"))) {
            assertThatThrownBy(() -> guiding.engine().start(Requests.asking("Look", loose)))
                    .hasMessage("tools[0].function.parameters.not is supported by no model.");
            assertThat(first(all(guiding, TOOLS)).text).isNotEmpty();
        }
    }

    @Test
    void beamsAreRefusedWhereCallsHaveToObey() {
        assertThatThrownBy(() ->
                        ask(TOOLS.replace("\"look\",", "\"look\",\"strict\":true,")
                                        .replace(",\"temperature\":1", "") + ",\"use_beam_search\":true,\"n\":2"))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.field()).isEqualTo("use_beam_search"));
    }

    @Test
    void withoutContinuousBatchingCallsAreForcedToo() throws Exception {
        try (OpenModel sequential = OpenModel.of(folder, PipelineType.LM, new Unrecorded())) {
            Called answer =
                    first(all(sequential, TOOLS + ",\"tool_choice\":\"required\",\"parallel_tool_calls\":false"));

            assertValid(answer, 0);
            assertThat(answer.reason).isEqualTo(FinishReason.TOOL_CALLS);
        }
    }

    private static OpenModel serving(Map<String, String> settings) throws Exception {
        return OpenModel.of(
                ModelRepository.single("m", folder, ServingOptions.read(key -> Optional.ofNullable(settings.get(key)))),
                new Unrecorded());
    }

    private static String tool(String name, String schema) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":" + schema + "}}";
    }

    private static void assertValid(Called answer, int call) {
        String schema = SCHEMAS.get(answer.names.get(call));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(answer.arguments(call), InputFormat.JSON))
                .as(answer.arguments(call))
                .isEmpty();
    }

    private String prompt(String messages, String members) throws Exception {
        ReservedText reserved = ReservedText.pictureTags(false);
        PromptComposer composer = new PromptComposer(
                model.tokenizer(),
                new ChatTemplate(model.tokenizer().chatTemplate()),
                reserved,
                Sight.none("m"),
                false,
                new RawPrompts(model.tokenizer(), reserved, reserved, false));
        return model.thread()
                .call(() -> composer.compose(Requests.of(messages, members)).text());
    }

    private Called ask(String members) throws Exception {
        return first(all(members));
    }

    private static Called first(Map<Integer, Called> answers) {
        return Objects.requireNonNull(answers.get(0));
    }

    private Map<Integer, Called> all(String members) throws Exception {
        return all(model, members);
    }

    private static Map<Integer, Called> all(OpenModel model, String members) throws Exception {
        Map<Integer, Called> answers = new TreeMap<>();
        try (Generation generation = model.engine().start(Requests.asking("Look", members))) {
            while (true) {
                GenerationEvent event = generation.next(Duration.ofSeconds(60)).orElseThrow();
                if (event instanceof GenerationEvent.Gain gain) {
                    answers.computeIfAbsent(gain.choice(), i -> new Called()).take(gain);
                } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
                    answers.computeIfAbsent(ended.choice(), i -> new Called()).reason = ended.reason();
                } else if (event instanceof GenerationEvent.Finished) {
                    return answers;
                } else {
                    throw new AssertionError(event);
                }
            }
        }
    }

    private static final class Called {
        private final StringBuilder text = new StringBuilder();
        private final List<String> names = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<StringBuilder> arguments = new ArrayList<>();
        private int tokens;
        private FinishReason reason = FinishReason.STOP;

        private void take(GenerationEvent.Gain gain) {
            tokens += gain.logProbs().size();
            if (gain instanceof GenerationEvent.Text more) {
                text.append(more.text());
            } else if (gain instanceof GenerationEvent.CallStarted call) {
                assertThat(call.index()).isEqualTo(names.size());
                names.add(call.name());
                ids.add(call.id());
                arguments.add(new StringBuilder());
            } else if (gain instanceof GenerationEvent.CallArguments more) {
                arguments.get(more.index()).append(more.json());
            }
        }

        private String arguments(int call) {
            return arguments.get(call).toString();
        }
    }
}
