package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeamsTest {
    private static final int WIDTH = 4;

    @Test
    void comeAllAtOnceTheBestFirst() {
        try (BatchingPipeline pipeline = Models.batching(Models.text())) {
            List<StepOutput> beams = search(pipeline, 8, 1.0);

            assertThat(beams).extracting(StepOutput::rank).containsExactly(0, 1, 2, 3);
            assertThat(beams).allSatisfy(beam -> {
                assertThat(beam.tokens()).hasSize(8);
                assertThat(beam.finish()).contains(Finish.LENGTH);
                assertThat(beam.promptTokens()).isPositive();
            });
            assertThat(beams)
                    .extracting(BeamsTest::logProb)
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void areLikelierThanTheGreedyAnswer() {
        try (BatchingPipeline pipeline = Models.batching(Models.text())) {
            Map<String, Object> greedy = Map.of("max_new_tokens", 8, "ignore_eos", true, "logprobs", 1);
            long request = pipeline.add(prompt(pipeline), List.of(), greedy);
            Loop.Answer answer = new Loop(pipeline).finish().answer(request);
            double alone =
                    answer.logProbs().stream().mapToDouble(Float::doubleValue).sum();

            assertThat(logProb(search(pipeline, 8, 1.0).get(0))).isGreaterThan(alone);
        }
    }

    @Test
    void runBesideOthers() {
        try (BatchingPipeline pipeline = Models.batching(Models.text())) {
            Map<String, Object> greedy = Map.of("max_new_tokens", 20, "ignore_eos", true);
            long alone = pipeline.add(prompt(pipeline), List.of(), greedy);
            List<Long> expected =
                    new Loop(pipeline).finish().answer(alone).tokens().stream().toList();

            long beside = pipeline.add(prompt(pipeline), List.of(), greedy);
            long beams = pipeline.add(prompt(pipeline), List.of(), options(8, 1.0));
            Map<Long, List<Long>> gained = new HashMap<>();
            int ends = 0;
            while (pipeline.hasUnfinished()) {
                for (StepOutput output : pipeline.step()) {
                    ends += output.request() == beams ? 1 : 0;
                    for (long token : output.tokens()) {
                        gained.computeIfAbsent(output.request(), id -> new ArrayList<>())
                                .add(token);
                    }
                }
            }

            assertThat(gained.get(beside)).isEqualTo(expected);
            assertThat(ends).isEqualTo(WIDTH);
        }
    }

    @Test
    void aCancelledSearchHasOneEnd() {
        try (BatchingPipeline pipeline = Models.batching(Models.text())) {
            long request = pipeline.add(prompt(pipeline), List.of(), options(50, 1.0));
            assertThat(pipeline.step()).isEmpty();
            pipeline.cancel(request);

            List<StepOutput> ends = new ArrayList<>();
            while (pipeline.hasUnfinished()) {
                ends.addAll(pipeline.step());
            }

            assertThat(ends)
                    .singleElement()
                    .satisfies(end -> assertThat(end.finish()).contains(Finish.CANCELLED));
        }
    }

    private static List<StepOutput> search(BatchingPipeline pipeline, int tokens, double lengthPenalty) {
        pipeline.add(prompt(pipeline), List.of(), options(tokens, lengthPenalty));
        List<StepOutput> outputs = new ArrayList<>();
        while (pipeline.hasUnfinished()) {
            outputs.addAll(pipeline.step());
        }
        return outputs;
    }

    private static Map<String, Object> options(int tokens, double lengthPenalty) {
        return Map.of(
                "max_new_tokens",
                tokens,
                "ignore_eos",
                true,
                "num_beams",
                WIDTH,
                "num_return_sequences",
                WIDTH,
                "length_penalty",
                lengthPenalty);
    }

    private static String prompt(BatchingPipeline pipeline) {
        return Models.prompt(pipeline.tokenizer(), "Tell me a story.");
    }

    private static double logProb(StepOutput beam) {
        double sum = 0;
        for (float logProb : beam.logProbs()) {
            sum += logProb;
        }
        return sum;
    }
}
