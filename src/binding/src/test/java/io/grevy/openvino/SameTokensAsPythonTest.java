package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Greedy in f32, the binding gives token for token what Python's openvino_genai does for the same model and question. */
class SameTokensAsPythonTest {
    private static final int TOKENS = 40;

    static Stream<Path> models() {
        return Models.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void batchingAloneAndSixteenAtOnce(Path model) {
        List<Models.Question> questions = questions(model);
        List<List<Long>> expected = PythonReference.tokens("batching", model, TOKENS, questions);
        assertThat(expected).hasSameSizeAs(questions).allMatch(tokens -> tokens.size() == TOKENS);
        try (BatchingPipeline pipeline = Models.batching(model)) {
            List<List<Long>> alone = new ArrayList<>();
            for (Models.Question question : questions) {
                alone.addAll(ask(pipeline, List.of(question)));
            }
            assertThat(alone).isEqualTo(expected);

            List<Integer> order = IntStream.range(0, 16)
                    .map(i -> i % questions.size())
                    .boxed()
                    .toList();
            assertThat(ask(pipeline, order.stream().map(questions::get).toList()))
                    .isEqualTo(order.stream().map(expected::get).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void sequentially(Path model) {
        List<Models.Question> questions = questions(model);
        List<List<Long>> expected = PythonReference.tokens("sequential", model, TOKENS, questions);
        try (SequentialPipeline pipeline = Models.sequential(model)) {
            List<List<Long>> actual = new ArrayList<>();
            for (Models.Question question : questions) {
                List<Long> tokens = new ArrayList<>();
                SequentialPipeline.Result result = pipeline.generate(
                        Models.prompt(pipeline.tokenizer(), question.text()),
                        question.rgb(),
                        Models.greedy(TOKENS),
                        more -> {
                            for (long token : more) {
                                tokens.add(token);
                            }
                            return true;
                        });
                assertThat(result.finish()).isEqualTo(Finish.LENGTH);
                assertThat(result.generatedTokens()).isEqualTo(TOKENS);
                actual.add(tokens);
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static List<List<Long>> ask(BatchingPipeline pipeline, List<Models.Question> questions) {
        List<Long> requests = questions.stream()
                .map(question -> pipeline.add(
                        Models.prompt(pipeline.tokenizer(), question.text()), question.rgb(), Models.greedy(TOKENS)))
                .toList();
        Loop loop = new Loop(pipeline).finish();
        return requests.stream().map(request -> loop.answer(request).tokens()).toList();
    }

    private static List<Models.Question> questions(Path model) {
        List<Models.Question> text = List.of(
                Models.Question.of("What colour is the circle?"),
                Models.Question.of("Where is the green star? ".repeat(30).strip()));
        List<Models.Question> pictures = List.of(
                Models.Question.of("<ov_genai_image_0>Describe the image.", new int[] {160, 120, 1}),
                Models.Question.of("<ov_genai_image_0>Describe the image.", new int[] {448, 300, 2}),
                Models.Question.of(
                        "<ov_genai_image_1>How many<ov_genai_image_0>squares?",
                        new int[] {112, 112, 3},
                        new int[] {224, 140, 4}));
        return ModelFolder.takesPictures(model)
                ? Stream.concat(text.stream(), pictures.stream()).toList()
                : text;
    }
}
