package io.grevy.openvino;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps a pipeline in the test's thread and keeps what every request gained. */
final class Loop {
    private final BatchingPipeline pipeline;
    private final Map<Long, Answer> answers = new HashMap<>();

    Loop(BatchingPipeline pipeline) {
        this.pipeline = pipeline;
    }

    Loop step() {
        for (StepOutput output : pipeline.step()) {
            answers.computeIfAbsent(output.request(), id -> new Answer()).take(output);
        }
        return this;
    }

    Loop finish() {
        while (pipeline.hasUnfinished()) {
            step();
        }
        return this;
    }

    Answer answer(long request) {
        return answers.computeIfAbsent(request, id -> new Answer());
    }

    static final class Answer {
        private final List<Long> tokens = new ArrayList<>();
        private final List<Float> logProbs = new ArrayList<>();
        private @Nullable StepOutput last;

        private void take(StepOutput output) {
            if (last != null && last.finish().isPresent()) {
                throw new AssertionError("output after the end: " + output);
            }
            for (int i = 0; i < output.tokens().length; i++) {
                tokens.add(output.tokens()[i]);
                logProbs.add(output.logProbs()[i]);
            }
            last = output;
        }

        List<Long> tokens() {
            return tokens;
        }

        long[] ids() {
            return tokens.stream().mapToLong(Long::longValue).toArray();
        }

        List<Float> logProbs() {
            return logProbs;
        }

        Optional<Finish> finish() {
            return last == null ? Optional.empty() : last.finish();
        }

        int promptTokens() {
            return last == null ? 0 : last.promptTokens();
        }
    }
}
