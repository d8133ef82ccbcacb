package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.engine.Answers.Answer;
import io.grevy.inference.FinishReason;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.TokenLogProb;
import io.grevy.openai.chat.Requests;
import io.grevy.repository.PipelineType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every parameter of a body, through the reader to the real engine: that it has its effect, not only that it is taken. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {

    private static final String LONG = "\"max_tokens\":30,\"ignore_eos\":true";
    private static final String GREEDY = LONG + ",\"temperature\":0";

    private OpenModel model;

    @BeforeAll
    void open() throws Exception {
        model = OpenModel.of("qwen2", PipelineType.LM_CB, new Unrecorded());
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void aHighTemperatureDiffersBySeedAndNoneDoesNot() throws Exception {
        assertThat(one(LONG + ",\"temperature\":2,\"seed\":1").text())
                .isNotEqualTo(one(LONG + ",\"temperature\":2,\"seed\":2").text());
        assertThat(one(GREEDY + ",\"seed\":1").text())
                .isEqualTo(one(GREEDY + ",\"seed\":2").text());
    }

    @Test
    void aHighTemperatureTakesUnlikelierTokensThanALowOne() throws Exception {
        Answer hot = one(LONG + ",\"logprobs\":true,\"seed\":1,\"temperature\":2");
        Answer cool = one(LONG + ",\"logprobs\":true,\"seed\":1,\"temperature\":0.2");

        assertThat(cool.meanLogProb()).isGreaterThan(hot.meanLogProb());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"top_k\":1", "\"top_p\":0.0001", "\"min_p\":1"})
    void whatLeavesTheLikeliestTokenOnlyIsGreedy(String narrow) throws Exception {
        assertThat(one(LONG + ",\"temperature\":1.5,\"seed\":5," + narrow).text())
                .isEqualTo(one(GREEDY).text());
        assertThat(one(LONG + ",\"temperature\":1.5,\"seed\":5").text())
                .as("without it")
                .isNotEqualTo(one(GREEDY).text());
    }

    @Test
    void aSeedIsRepeatableAloneAndInABatchAndForEachChoice() throws Exception {
        String seeded = LONG + ",\"temperature\":1.2,\"seed\":77,\"n\":3";
        List<String> alone = ask(seeded).texts();
        assertThat(new HashSet<>(alone)).as("choices of one request").hasSize(3);
        assertThat(one(LONG + ",\"temperature\":1.2,\"seed\":77").text()).isEqualTo(alone.get(0));

        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Answers>> batch = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String members = i % 2 == 0 ? seeded : LONG + ",\"temperature\":1.2,\"seed\":" + i;
                batch.add(threads.submit(() -> ask(members)));
            }
            for (int i = 0; i < 6; i += 2) {
                assertThat(batch.get(i).get().texts()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void penaltiesKeepATokenFromComingAgainAndNegativeOnesMakeIt() throws Exception {
        int usual = mostOfOneToken("");

        for (String keeping : List.of("frequency_penalty\":0.2", "presence_penalty\":1", "repetition_penalty\":1.3")) {
            assertThat(mostOfOneToken(",\"" + keeping)).as(keeping).isLessThan(usual);
        }
        for (String making : List.of("frequency_penalty\":-0.5", "presence_penalty\":-1", "repetition_penalty\":0.7")) {
            assertThat(mostOfOneToken(",\"" + making)).as(making).isGreaterThan(usual);
        }
    }

    private int mostOfOneToken(String penalty) throws Exception {
        Answer answer = one("\"max_tokens\":200,\"ignore_eos\":true,\"temperature\":0,\"logprobs\":true" + penalty);
        Map<String, Integer> counts = new HashMap<>();
        answer.tokens.forEach(token -> counts.merge(Arrays.toString(token.bytes()), 1, Integer::sum));
        return Collections.max(counts.values());
    }

    @Test
    void theModelsOwnEndEndsAnAnswerUnlessItIsToBeLongerOrToIgnoreIt() throws Exception {
        String early = endsEarly();
        Answers ended = ask(early);
        int tokens = ended.usage().completionTokens();

        assertThat(ask(early + ",\"stop_token_ids\":[7]").texts())
                .as("own stop tokens come on top of the model's")
                .satisfiesAnyOf(
                        texts -> assertThat(texts).isEqualTo(ended.texts()),
                        texts -> assertThat(ended.choice(0).text()).startsWith(texts.get(0)));
        assertThat(ask(early + ",\"min_tokens\":" + (tokens + 5)).usage().completionTokens())
                .isGreaterThanOrEqualTo(tokens + 5);
        Answers ignoring = ask(early + ",\"ignore_eos\":true");
        assertThat(ignoring.usage().completionTokens()).isEqualTo(60);
        assertThat(ignoring.choice(0).reason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void specialTokensAreShownWhereThatIsAskedFor() throws Exception {
        String early = endsEarly();

        String shown = one(early + ",\"skip_special_tokens\":false").text();
        String skipped = one(early).text();

        assertThat(shown).containsPattern("(<\\|im_end\\|>|<\\|endoftext\\|>)$");
        assertThat(shown.replaceAll("<\\|\\w+\\|>", "")).isEqualTo(skipped);
        assertThat(skipped).doesNotContain("<|im_end|>", "<|endoftext|>");
    }

    @Test
    void aStopTokenEndsAnAnswerAndOneThatTheModelLacksIsRefused() throws Exception {
        Answer whole = one(GREEDY + ",\"logprobs\":true");
        int third = idOf(whole.tokens.get(2));

        Answers stopped = ask("\"max_tokens\":30,\"temperature\":0,\"stop_token_ids\":[" + third + "]");

        assertThat(stopped.choice(0).reason()).isEqualTo(FinishReason.STOP);
        assertThat(stopped.usage().completionTokens()).isLessThanOrEqualTo(3);
        assertThat(whole.text()).startsWith(stopped.choice(0).text());
        assertThatThrownBy(() -> ask("\"stop_token_ids\":[5000]"))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.field()).isEqualTo("stop_token_ids"))
                .hasMessageContaining("5000");
    }

    @Test
    void aStopStringEndsAnAnswerBeforeItOrWithItButNotTooEarly() throws Exception {
        String whole = one(GREEDY).text();
        String stop = whole.substring(8, 10);
        int at = whole.indexOf(stop);
        String stopping = GREEDY + ",\"stop\":[\"" + escaped(stop) + "\"]";

        Answer before = one(stopping);
        Answer with = one(stopping + ",\"include_stop_str_in_output\":true");
        Answers late = ask(stopping + ",\"min_tokens\":30");

        assertThat(before.text()).isEqualTo(whole.substring(0, at));
        assertThat(before.reason()).isEqualTo(FinishReason.STOP);
        assertThat(with.text()).isEqualTo(whole.substring(0, at) + stop);
        assertThat(late.choice(0).text()).startsWith(whole.substring(0, whole.length() - 4));
        assertThat(late.usage().completionTokens()).isEqualTo(30);
    }

    @Test
    void logProbabilitiesListTheTokensOfTheText() throws Exception {
        for (String members : List.of(GREEDY, LONG + ",\"temperature\":1.3,\"seed\":3", endsEarly())) {
            Answers answers = ask(members + ",\"logprobs\":true");
            Answer answer = answers.choice(0);

            assertThat(answer.spelled()).isEqualTo(answer.text());
            assertThat(answer.tokens)
                    .allSatisfy(token -> assertThat(token.logProb()).isLessThanOrEqualTo(0f));
            assertThat(answer.text())
                    .as("the same as without")
                    .isEqualTo(one(members).text());
            int end = answer.reason() == FinishReason.STOP ? 1 : 0;
            assertThat(answer.tokens.size() + end)
                    .as("all but the end of sequence")
                    .isLessThanOrEqualTo(answers.usage().completionTokens());
        }
    }

    @Test
    void theGreedyTokensAreTheLikeliestOfTheirPlace() throws Exception {
        TokenLogProb greedy = one("\"max_tokens\":1,\"temperature\":0,\"logprobs\":true")
                .tokens
                .get(0);

        for (int seed = 0; seed < 20; seed++) {
            Answer sampled = one("\"max_tokens\":1,\"temperature\":2,\"logprobs\":true,\"seed\":" + seed);
            sampled.tokens.forEach(token -> {
                assertThat(token.logProb()).isLessThanOrEqualTo(greedy.logProb());
                if (Arrays.equals(token.bytes(), greedy.bytes())) {
                    assertThat(token.logProb()).isEqualTo(greedy.logProb());
                }
            });
        }
    }

    @Test
    void ofSeveralCandidatesTheLikeliestAreGiven() throws Exception {
        String seeded = LONG + ",\"temperature\":1.4,\"seed\":11,\"logprobs\":true";
        Answers all = ask(seeded + ",\"n\":5");
        List<String> byLikelihood = java.util.stream.IntStream.range(0, 5)
                .mapToObj(all::choice)
                .sorted(java.util.Comparator.comparingDouble(Answer::meanLogProb)
                        .reversed())
                .map(Answer::text)
                .toList();

        Answers best = ask(seeded + ",\"n\":2,\"best_of\":5");

        assertThat(best.texts()).isEqualTo(byLikelihood.subList(0, 2));
        assertThat(best.choice(0).spelled()).isEqualTo(best.choice(0).text());
        assertThat(best.usage()).as("what was generated was paid for").isEqualTo(all.usage());
        assertThat(ask(LONG + ",\"temperature\":1.4,\"seed\":11,\"best_of\":5").choice(0).tokens)
                .as("log probabilities that nobody asked for")
                .isEmpty();
    }

    @Test
    void beamsAreLikelierThanTheGreedyAnswerAndOrdered() throws Exception {
        String bounded = "\"max_tokens\":12,\"logprobs\":true";
        Answer greedy = one(bounded + ",\"temperature\":0,\"ignore_eos\":true");

        Answers beams = ask(bounded + ",\"use_beam_search\":true,\"best_of\":6,\"n\":3,\"length_penalty\":0");

        assertThat(beams.texts()).hasSize(3).doesNotHaveDuplicates();
        assertThat(sum(beams.choice(0))).isGreaterThan(sum(greedy));
        assertThat(sum(beams.choice(0))).isGreaterThanOrEqualTo(sum(beams.choice(1)));
        assertThat(sum(beams.choice(1))).isGreaterThanOrEqualTo(sum(beams.choice(2)));
        assertThat(beams.choice(0).spelled()).isEqualTo(beams.choice(0).text());
    }

    @Test
    void aLengthPenaltyMakesBeamsLongerOrShorter() throws Exception {
        int differing = 0;
        for (int i = 0; i < 12; i++) {
            String search = "\"max_tokens\":25,\"use_beam_search\":true,\"best_of\":6,\"length_penalty\":";
            int shortest = tokens("Question " + i, search + "-10");
            int longest = tokens("Question " + i, search + "10");
            assertThat(longest).isGreaterThanOrEqualTo(shortest);
            differing += longest > shortest ? 1 : 0;
        }
        assertThat(differing).isPositive();
    }

    @Test
    void aTurnMayBeContinuedOrLeftOpen() throws Exception {
        String messages = "[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"I am \"}]";

        int open = promptTokens(messages, GREEDY);
        int closed = promptTokens(messages, GREEDY + ",\"add_generation_prompt\":false");
        int continued = promptTokens(messages, GREEDY + ",\"continue_final_message\":true");

        assertThat(closed).isLessThan(open);
        assertThat(continued).isLessThan(closed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "logprobs | \"logprobs\":true",
                "best_of | \"best_of\":2",
                "use_beam_search | \"use_beam_search\":true,\"n\":2"
            })
    void whatNeedsContinuousBatchingIsRefusedByNameWithoutIt(String field, String members) throws Exception {
        try (OpenModel sequential = OpenModel.of("qwen2", PipelineType.LM, new Unrecorded())) {
            assertThatThrownBy(() -> sequential.engine().start(Requests.asking("Hello", members)))
                    .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                        assertThat(e.field()).isEqualTo(field);
                        assertThat(e.reason()).isEqualTo(RefusedRequestException.Reason.NOT_SUPPORTED);
                    });
        }
    }

    private int promptTokens(String messages, String members) throws Exception {
        return Answers.of(model.engine().start(Requests.of(messages, members)))
                .usage()
                .promptTokens();
    }

    private int tokens(String question, String members) throws Exception {
        return Answers.of(model.engine().start(Requests.asking(question, members)))
                .usage()
                .completionTokens();
    }

    private Answers ask(String members) throws Exception {
        return Answers.of(model.engine().start(Requests.asking("Tell me a story.", members)));
    }

    private Answer one(String members) throws Exception {
        return ask(members).choice(0);
    }

    /** Members with which an answer ends by itself, well before its 60 tokens. */
    private String endsEarly() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            String members = "\"max_tokens\":60,\"temperature\":1.5,\"seed\":" + seed;
            Answers answers = ask(members);
            int tokens = answers.usage().completionTokens();
            if (answers.choice(0).reason() == FinishReason.STOP && tokens > 5 && tokens < 40) {
                return members;
            }
        }
        throw new AssertionError("no answer ends by itself");
    }

    private int idOf(TokenLogProb token) {
        byte[][] vocabulary = model.tokenizer().vocabulary();
        for (int id = 0; id < vocabulary.length; id++) {
            if (Arrays.equals(vocabulary[id], token.bytes())) {
                return id;
            }
        }
        throw new AssertionError("no token is " + new String(token.bytes(), StandardCharsets.UTF_8));
    }

    private static double sum(Answer answer) {
        return answer.tokens.stream().mapToDouble(TokenLogProb::logProb).sum();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }
}
