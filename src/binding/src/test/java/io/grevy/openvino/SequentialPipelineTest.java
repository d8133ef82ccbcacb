package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SequentialPipelineTest {
    private static final List<Rgb> NONE = List.of();
    private static final SequentialPipeline.TokenListener ALL = tokens -> true;

    private SequentialPipeline text;
    private SequentialPipeline vision;

    @BeforeAll
    void open() {
        text = Models.sequential(Models.text());
        vision = Models.sequential(Models.vision());
    }

    @AfterAll
    void close() {
        text.close();
        vision.close();
    }

    @Test
    void givesWhatTheBatchingPipelineGives() {
        String asked = "<ov_genai_image_0>What is it?";
        Rgb picture = Models.picture(112, 84, 3);
        List<Long> tokens = new ArrayList<>();
        SequentialPipeline.Result result = vision.generate(
                Models.prompt(vision.tokenizer(), asked), List.of(picture), Models.greedy(20), collecting(tokens));
        try (BatchingPipeline batching = Models.batching(Models.vision())) {
            long request =
                    batching.add(Models.prompt(batching.tokenizer(), asked), List.of(picture), Models.greedy(20));
            Loop.Answer expected = new Loop(batching).finish().answer(request);
            assertThat(tokens).isEqualTo(expected.tokens());
            assertThat(result)
                    .isEqualTo(new SequentialPipeline.Result(Finish.LENGTH, expected.promptTokens(), tokens.size()));
        }
    }

    @Test
    void endsAtAStopTokenAndCountsIt() {
        List<Long> free = new ArrayList<>();
        generate(Models.greedy(8), collecting(free));
        SequentialPipeline.Result stopped =
                generate(Map.of("max_new_tokens", 8, "stop_token_ids", List.of(free.get(4))), ALL);
        assertThat(stopped.finish()).isEqualTo(Finish.STOP);
        assertThat(stopped.generatedTokens()).isLessThanOrEqualTo(5);
        assertThat(stopped.promptTokens()).isEqualTo(text.tokenizer().encode(prompt(text), false).length);
    }

    @Test
    void theListenerRunsInTheCallersThread() {
        List<Thread> threads = new ArrayList<>();
        generate(Models.greedy(5), tokens -> threads.add(Thread.currentThread()));
        assertThat(threads).isNotEmpty().containsOnly(Thread.currentThread());
    }

    @Test
    void cancelsWhenTheListenerSaysSo() {
        for (SequentialPipeline pipeline : List.of(text, vision)) {
            List<Long> tokens = new ArrayList<>();
            SequentialPipeline.Result result = pipeline.generate(prompt(pipeline), NONE, Models.greedy(3000), more -> {
                Arrays.stream(more).forEach(tokens::add);
                return tokens.size() < 5;
            });
            assertThat(result.finish()).isEqualTo(Finish.CANCELLED);
            assertThat(result.generatedTokens()).isEqualTo(tokens.size()).isBetween(5, 2000);
        }
        assertThat(generate(Models.greedy(3), ALL).finish()).isEqualTo(Finish.LENGTH);
    }

    @Test
    void whatTheListenerThrowsIsThrownAndTheNextRequestRuns() {
        for (Throwable thrown : List.of(
                new IllegalArgumentException("mine"), new RuntimeException("plain"), new AssertionError("an"))) {
            assertThatThrownBy(() -> generate(Models.greedy(3000), tokens -> {
                        throw sneaky(thrown);
                    }))
                    .isSameAs(thrown);
        }
        assertThat(generate(Models.greedy(3), ALL).generatedTokens()).isEqualTo(3);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void refusesToCallItselfFromItsListener() {
        assertThatThrownBy(() -> generate(Models.greedy(50), tokens -> {
                    generate(Models.greedy(1), ALL);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> generate(Models.greedy(50), tokens -> {
                    text.close();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within");
        assertThat(generate(Models.greedy(3), ALL).generatedTokens()).isEqualTo(3);
    }

    @Test
    void refusesBadOptionsAndTagsWithTheEnginesText() {
        assertThatThrownBy(() -> generate(Map.of("do_sample", true, "top_p", 2.0), ALL))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("top_p");
        assertThatThrownBy(() -> vision.generate("<ov_genai_image_3>x", NONE, Models.greedy(2), ALL))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> text.generate(prompt(text), List.of(Models.picture(56, 56, 1)), Models.greedy(2), ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(generate(Models.greedy(3), ALL).generatedTokens()).isEqualTo(3);
    }

    @Test
    void callsTakeTurns() throws Exception {
        List<Long> expected = new ArrayList<>();
        generate(Models.greedy(30), collecting(expected));
        ExecutorService callers = Executors.newFixedThreadPool(3);
        List<Future<List<Long>>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(callers.submit(() -> {
                List<Long> tokens = new ArrayList<>();
                generate(Models.greedy(30), collecting(tokens));
                return tokens;
            }));
        }
        for (Future<List<Long>> answer : answers) {
            assertThat(answer.get()).isEqualTo(expected);
        }
        callers.shutdown();
    }

    @Test
    void closesAndInterruptsWhileGenerating() throws Exception {
        for (boolean interrupt : new boolean[] {true, false}) {
            SequentialPipeline pipeline = Models.sequential(Models.text());
            CountDownLatch generating = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<SequentialPipeline.Result> result =
                    thread.submit(() -> pipeline.generate(prompt(pipeline), NONE, Models.greedy(7000), tokens -> {
                        generating.countDown();
                        return true;
                    }));
            generating.await();
            if (interrupt) {
                thread.shutdownNow();
            } else {
                pipeline.close();
            }
            assertThat(result.get().finish()).isEqualTo(Finish.CANCELLED);
            pipeline.close();
            pipeline.close();
            thread.shutdown();
            assertThatThrownBy(() -> pipeline.generate("x", NONE, Models.greedy(1), ALL))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aFolderWithoutAModelIsRefused() {
        assertThatThrownBy(() -> SequentialPipeline.openText(Path.of("/nowhere"), "CPU", Map.of()))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> SequentialPipeline.openVision(Models.text(), "CPU", Map.of()))
                .isInstanceOf(EngineException.class);
    }

    private SequentialPipeline.Result generate(Map<String, Object> options, SequentialPipeline.TokenListener listener) {
        return text.generate(prompt(text), NONE, options, listener);
    }

    private static String prompt(SequentialPipeline pipeline) {
        return Models.prompt(pipeline.tokenizer(), "What colour is the circle?");
    }

    private static SequentialPipeline.TokenListener collecting(List<Long> into) {
        return tokens -> {
            Arrays.stream(tokens).forEach(into::add);
            return true;
        };
    }
}
