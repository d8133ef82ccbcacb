package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Greedy in f32, the binding gives token for token what Python's openvino_genai does for the same model and question.
 * Where it does is written in docs/topologies.md; {@code -Dgrevy.table=write} writes the table anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameTokensAsPythonTest {
    private static final int TOKENS = 40;
    private static final int AT_ONCE = 16;
    private static final boolean WRITE = "write".equals(System.getProperty("grevy.table"));

    private final List<String> found = new ArrayList<>();
    private List<String> written = List.of();

    static Stream<Arguments> served() {
        return Topology.all()
                .flatMap(topology -> Stream.of(Answering.values()).map(answering -> Arguments.of(topology, answering)));
    }

    @BeforeAll
    void readTheTable() {
        written = TokenTable.written();
    }

    @AfterAll
    void writeTheTable() {
        if (WRITE) {
            TokenTable.write(found);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void tokensAreThoseOfPythonWhereTheTableSaysSo(Topology topology, Answering answering) {
        List<Models.Question> questions = topology.questions();
        List<List<Long>> expected = PythonReference.tokens(answering.python(), topology.model(), TOKENS, questions);
        assertThat(expected).hasSameSizeAs(questions).allMatch(tokens -> tokens.size() == TOKENS);
        assertThat(new HashSet<>(expected)).as("answers by question").hasSameSizeAs(questions);

        List<List<Long>> alone;
        List<List<Long>> atOnce;
        List<Integer> order = IntStream.range(0, AT_ONCE)
                .map(i -> i % questions.size())
                .boxed()
                .toList();
        try (Answering.Open open = answering.open(topology)) {
            alone = questions.stream()
                    .map(question -> open.answers(List.of(question), TOKENS).get(0))
                    .toList();
            atOnce = open.answers(order.stream().map(questions::get).toList(), TOKENS);
        }

        String row = new TokenTable.Row(
                        topology.name(),
                        answering.name(topology),
                        equal(questions, expected, alone),
                        equal(
                                order.stream().map(questions::get).toList(),
                                order.stream().map(expected::get).toList(),
                                atOnce))
                .toString();
        found.add(row);
        if (!WRITE) {
            assertThat(written)
                    .as(
                            "the table in docs/topologies.md, which -Dgrevy.table=write writes anew; expected tokens %s,"
                                    + " alone %s",
                            expected, alone)
                    .contains(row);
        }
    }

    /** Gemma's picture tokens see each other both ways, which a cut between two steps takes from them. */
    @Test
    void gemmasAnswersAreEqualAtOnceWhereAStepTakesWholePrompts() {
        Topology gemma = new Topology("gemma3", Models.fixture("gemma3"));
        List<Models.Question> questions = gemma.questions();
        List<List<Long>> expected =
                PythonReference.tokens(Answering.BATCHED.python(), gemma.model(), TOKENS, questions);
        SchedulerSettings whole = new SchedulerSettings(0, 8192, 256, true, false);
        try (BatchingPipeline pipeline = BatchingPipeline.open(gemma.model(), "CPU", whole, Models.EXACT)) {
            assertThat(Answering.answers(pipeline, questions, TOKENS)).isEqualTo(expected);
        }
    }

    @Test
    void theTableHasARowForEachAndNoOther() {
        if (!WRITE) {
            assertThat(written.stream().map(SameTokensAsPythonTest::subject))
                    .containsExactlyElementsOf(served().map(Arguments::get)
                            .map(one -> "| " + one[0] + " | " + ((Answering) one[1]).name((Topology) one[0]) + " |")
                            .toList());
        }
    }

    /** By how many pictures the question has, whether all such answers are the expected ones. */
    private static Map<Integer, Boolean> equal(
            List<Models.Question> questions, List<List<Long>> expected, List<List<Long>> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        Map<Integer, Boolean> equal = new TreeMap<>();
        for (int i = 0; i < questions.size(); i++) {
            equal.merge(questions.get(i).pictures().size(), actual.get(i).equals(expected.get(i)), Boolean::logicalAnd);
        }
        return equal;
    }

    private static String subject(String row) {
        return row.substring(0, row.indexOf('|', row.indexOf('|', 1) + 1) + 1);
    }
}
