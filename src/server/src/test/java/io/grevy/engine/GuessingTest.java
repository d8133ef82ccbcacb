package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.grevy.inference.EngineCondition;
import io.grevy.inference.Generation;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.TokenLogProb;
import io.grevy.openai.chat.Requests;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.PipelineType;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a request to a model that guesses tokens: its answers are those of the model that does not. */
@Timeout(120)
@ParameterizedClass
@ValueSource(strings = {"draft", "lookup"})
class GuessingTest {

    private static final String QUESTION = "red ring, blue ring, ".repeat(8);

    private final String kind;
    private OpenModel plain;
    private OpenModel guessing;

    GuessingTest(String kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws Exception {
        Path model = Path.of(System.getProperty("repository.root"), "models/fixtures/qwen2");
        Map<String, String> settings = kind.equals("draft")
                ? Map.of("draft_source_model", model.toString())
                : Map.of("plugin_config", "{\"prompt_lookup\": true}");
        plain = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded());
        guessing = OpenModel.of(
                ModelRepository.single(kind, model, ServingOptions.read(key -> Optional.ofNullable(settings.get(key)))),
                new Unrecorded());
    }

    @AfterEach
    void close() {
        plain.close();
        guessing.close();
    }

    @Test
    void answersAreTheSame() throws Exception {
        for (String members : List.of(
                "\"frequency_penalty\":0.5",
                "\"repetition_penalty\":1.3",
                "\"min_tokens\":20",
                "\"stop_token_ids\":[5,17,101]",
                "\"best_of\":3")) {
            Answers expected = Answers.of(start(plain, members));
            Answers answer = Answers.of(start(guessing, members));

            assertThat(answer.texts()).as(members).isEqualTo(expected.texts());
            assertThat(answer.choice(0).reasons).as(members).isEqualTo(expected.choice(0).reasons);
            assertThat(answer.usage()).as(members).isEqualTo(expected.usage());
        }
    }

    @Test
    void logProbabilitiesAreThoseOfTheModelThatAnswers() throws Exception {
        List<TokenLogProb> expected =
                Answers.of(start(plain, "\"logprobs\":true")).choice(0).tokens;
        List<TokenLogProb> tokens =
                Answers.of(start(guessing, "\"logprobs\":true")).choice(0).tokens;

        assertThat(tokens).hasSameSizeAs(expected).hasSizeGreaterThan(20);
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(tokens.get(i).bytes()).isEqualTo(expected.get(i).bytes());
            assertThat(tokens.get(i).logProb()).isCloseTo(expected.get(i).logProb(), within(1e-3f));
        }
    }

    @Test
    void beamsAreRefusedByName() {
        assertRefused("\"best_of\":3,\"use_beam_search\":true", "use_beam_search", "which guesses tokens");
    }

    @Test
    void structuresAreObeyedOrRefusedByName() throws Exception {
        String members = "\"structured_outputs\":{\"regex\":\"[a-c]{3}-[0-9]{2}(red ring, ){2,5}\"}";
        if (kind.equals("draft")) {
            assertRefused(members, "structured_outputs.regex", "which has a draft model");
            return;
        }
        List<Generation> running = new ArrayList<>();
        for (int seed = 0; seed < 12; seed++) {
            running.add(start(guessing, "\"temperature\":0.9,\"seed\":" + seed + "," + members));
        }
        for (Generation generation : running) {
            assertThat(Answers.of(generation).choice(0).text()).matches("[a-c]{3}-[0-9]{2}(red ring, ){2,5}");
        }
        assertThat(guessing.engine().condition()).isEqualTo(EngineCondition.WELL);
    }

    private void assertRefused(String members, String field, String model) {
        assertThatThrownBy(() -> start(guessing, members))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.reason()).isEqualTo(RefusedRequestException.Reason.NOT_SUPPORTED);
                })
                .hasMessage(field + " is not supported by this model, " + model + ".");
    }

    private static Generation start(OpenModel model, String members) throws Exception {
        return model.engine()
                .start(Requests.asking(
                        QUESTION,
                        "\"max_tokens\":60," + (members.contains("temperature") ? "" : "\"temperature\":0,")
                                + members));
    }
}
