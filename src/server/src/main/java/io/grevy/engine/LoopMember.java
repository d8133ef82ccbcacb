package io.grevy.engine;

import io.grevy.openvino.Finish;
import io.grevy.openvino.StepOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request in a batching loop, and what it answers: a choice, or several beams, the best first. Belongs to the loop's
 * thread.
 */
final class LoopMember {

    private final TokenSink sink;
    private final GenerationLoop.Range choices;
    private final ComposedPrompt prompt;
    private final Map<String, Object> options;
    private final int need;
    private final Optional<PictureClaim> claim;
    private final List<Finish> finishes = new ArrayList<>();
    private long request = -1;

    /**
     * @param need what it takes of the {@link SpeculationRoom}
     * @param claim its pictures, where they are encoded beside the loop; closed with {@link #release}
     */
    LoopMember(
            TokenSink sink,
            GenerationLoop.Range choices,
            ComposedPrompt prompt,
            Map<String, Object> options,
            int need,
            Optional<PictureClaim> claim) {
        this.sink = sink;
        this.choices = choices;
        this.prompt = prompt;
        this.options = options;
        this.need = need;
        this.claim = claim;
    }

    TokenSink sink() {
        return sink;
    }

    ComposedPrompt prompt() {
        return prompt;
    }

    Map<String, Object> options() {
        return options;
    }

    int need() {
        return need;
    }

    Optional<PictureClaim> claim() {
        return claim;
    }

    /** The engine's number of it, -1 before it has one. */
    long request() {
        return request;
    }

    void added(long number) {
        request = number;
    }

    /** Its encoded pictures are not needed any more: the engine has what it wants of them, or never will. */
    void release() {
        claim.ifPresent(PictureClaim::close);
    }

    void take(StepOutput output) {
        if (output.rank() < choices.count()) {
            if (output.tokens().length > 0) {
                sink.gained(choices.first() + output.rank(), output.tokens(), output.logProbs());
            }
            output.finish().ifPresent(finishes::add);
        }
    }

    /** All of them have ended, or were ended together. */
    void end(Finish finish, int promptTokens) {
        for (int i = 0; i < choices.count(); i++) {
            sink.ended(choices.first() + i, i < finishes.size() ? finishes.get(i) : finish, promptTokens);
        }
    }
}
