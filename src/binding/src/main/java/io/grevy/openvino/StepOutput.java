package io.grevy.openvino;

import java.util.Optional;

/**
 * What one request gained since the step before.
 *
 * @param request the number that {@link BatchingPipeline#add} gave
 * @param rank 0, but for beams: they come all at once when their search is over, the best with 0, the next with 1, and
 *     so on, as many as {@code num_beams}
 * @param tokens the new tokens, in order: one, with speculation several; may be empty at the end
 * @param logProbs one for each token: its own logarithmic probability where {@code logprobs} was asked for
 * @param finish why it ended, if it did: then nothing more comes for this request
 * @param promptTokens with {@code finish} the prompt's tokens, those of pictures counted; before it 0
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by the consumer of the step
public record StepOutput(
        long request, int rank, long[] tokens, float[] logProbs, Optional<Finish> finish, int promptTokens) {}
