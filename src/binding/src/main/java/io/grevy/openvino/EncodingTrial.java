package io.grevy.openvino;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether requests about pictures that were encoded beside a pipeline get the tokens that the engine itself gives: one
 * is added in both ways, and both run at once, so that neither finds what the other left in the cache.
 */
final class EncodingTrial {

    private static final String PROMPT = "<ov_genai_image_0>What is this?";

    private static final Map<String, Object> OPTIONS =
            Map.of("max_new_tokens", 4, "ignore_eos", true, "do_sample", false, "logprobs", 1);

    /** What the same sum may differ by when it is computed in another order, in half precision. */
    private static final float CLOSE = 0.05f;

    private final BatchingPipeline pipeline;
    private final PictureEncoder encoder;
    private final Rgb engines;
    private final Rgb encoders;

    /**
     * @param engines the picture that the engine is given
     * @param encoders the one that is encoded beside it: the same, but in tests of this trial
     */
    EncodingTrial(BatchingPipeline pipeline, PictureEncoder encoder, Rgb engines, Rgb encoders) {
        this.pipeline = pipeline;
        this.encoder = encoder;
        this.engines = engines;
        this.encoders = encoders;
    }

    /** A small picture on which no two rows or columns are alike. */
    static Rgb sample() {
        int side = 56;
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / 3 / side;
            int x = i / 3 % side;
            pixels[i] = (byte) (x * (3 + i % 3) + y * 5);
        }
        return new Rgb(side, side, pixels);
    }

    /**
     * Nothing else is in the pipeline, before and after. Answers what differs, or nothing.
     *
     * @throws EngineException if a step failed
     */
    String problem() {
        EncodedPicture encoded;
        try {
            encoded = encoder.encode(encoders);
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        }
        try (encoded) {
            long plain = pipeline.add(PROMPT, List.of(engines), OPTIONS);
            long beside = encoder.add(PROMPT, List.of(encoded), OPTIONS);
            Map<Long, Answer> answers = answers();
            return answers.getOrDefault(plain, new Answer()).differs(answers.getOrDefault(beside, new Answer()));
        } catch (EngineException e) {
            answers(); // of what was added before; throws if that is what failed
            return String.valueOf(e.getMessage());
        }
    }

    private Map<Long, Answer> answers() {
        Map<Long, Answer> answers = new HashMap<>();
        while (pipeline.hasUnfinished()) {
            for (StepOutput output : pipeline.step()) {
                answers.computeIfAbsent(output.request(), request -> new Answer())
                        .take(output);
            }
        }
        pipeline.finishIdle();
        return answers;
    }

    private static final class Answer {
        private final List<Long> tokens = new ArrayList<>();
        private final List<Float> logProbs = new ArrayList<>();
        private int promptTokens;

        void take(StepOutput output) {
            for (int i = 0; i < output.tokens().length; i++) {
                tokens.add(output.tokens()[i]);
                logProbs.add(output.logProbs()[i]);
            }
            promptTokens = Math.max(promptTokens, output.promptTokens());
        }

        String differs(Answer other) {
            if (tokens.isEmpty()) {
                return "a first request has no answer";
            }
            if (promptTokens != other.promptTokens) {
                return "a prompt has " + other.promptTokens + " tokens, not " + promptTokens;
            }
            if (!tokens.equals(other.tokens)) {
                return "an answer has the tokens " + other.tokens + ", not " + tokens;
            }
            for (int i = 0; i < logProbs.size(); i++) {
                if (!(Math.abs(logProbs.get(i) - other.logProbs.get(i)) <= CLOSE)) {
                    return "an answer has the log probabilities " + other.logProbs + ", not " + logProbs;
                }
            }
            return "";
        }
    }
}
