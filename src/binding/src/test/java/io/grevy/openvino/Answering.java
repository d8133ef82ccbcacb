package io.grevy.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The two ways in which a model is served, each by its own pipeline. */
enum Answering {
    /** One request after the other; several at once take turns. */
    IN_TURN("sequential", "LM", "VLM") {
        @Override
        Open open(Topology topology) {
            return new InTurn(Models.sequential(topology.model()));
        }
    },
    /** Many requests in one batch. */
    BATCHED("batching", "LM_CB", "VLM_CB") {
        @Override
        Open open(Topology topology) {
            return new Batched(Models.batching(topology.model()));
        }
    };

    private final String python;
    private final String text;
    private final String vision;

    Answering(String python, String text, String vision) {
        this.python = python;
        this.text = text;
        this.vision = vision;
    }

    abstract Open open(Topology topology);

    /** What reference.py calls it. */
    String python() {
        return python;
    }

    /** The pipeline's type. */
    String name(Topology topology) {
        return topology.seesPictures() ? vision : text;
    }

    /** A loaded model. */
    interface Open extends AutoCloseable {
        /** The tokens of each answer, the questions being asked all at once. */
        List<List<Long>> answers(List<Models.Question> questions, int tokens);

        @Override
        void close();
    }

    static List<List<Long>> answers(BatchingPipeline pipeline, List<Models.Question> questions, int tokens) {
        List<Long> requests = questions.stream()
                .map(question -> pipeline.add(
                        Models.prompt(pipeline.tokenizer(), question.text()),
                        question.rgb(),
                        question.videos(),
                        Models.greedy(tokens)))
                .toList();
        Loop loop = new Loop(pipeline).finish();
        return requests.stream().map(request -> loop.answer(request).tokens()).toList();
    }

    private record Batched(BatchingPipeline pipeline) implements Open {
        @Override
        public List<List<Long>> answers(List<Models.Question> questions, int tokens) {
            return Answering.answers(pipeline, questions, tokens);
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }

    private record InTurn(SequentialPipeline pipeline) implements Open {
        @Override
        public List<List<Long>> answers(List<Models.Question> questions, int tokens) {
            ExecutorService callers = Executors.newFixedThreadPool(4);
            try {
                List<Future<List<Long>>> answers = questions.stream()
                        .map(question -> callers.submit(() -> answer(question, tokens)))
                        .toList();
                List<List<Long>> all = new ArrayList<>();
                for (Future<List<Long>> answer : answers) {
                    all.add(answer.get());
                }
                return all;
            } catch (ExecutionException | InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                callers.shutdownNow();
            }
        }

        private List<Long> answer(Models.Question question, int count) {
            List<Long> tokens = new ArrayList<>();
            SequentialPipeline.Result result = pipeline.generate(
                    Models.prompt(pipeline.tokenizer(), question.text()),
                    question.rgb(),
                    question.videos(),
                    Models.greedy(count),
                    more -> {
                        for (long token : more) {
                            tokens.add(token);
                        }
                        return true;
                    });
            if (result.finish() != Finish.LENGTH || result.generatedTokens() != count) {
                throw new AssertionError(result);
            }
            return tokens;
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }
}
