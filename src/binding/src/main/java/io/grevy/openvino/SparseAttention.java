package io.grevy.openvino;

/**
 * Skips part of the attention over a long prompt. All sizes are tokens.
 *
 * @param mode which part
 * @param lastDenseTokens of either mode: the prompt's last tokens, for which nothing is skipped
 * @param retainedStartTokens of {@link Mode#TRISHAPE}: those at the beginning that are not skipped, whole blocks
 * @param retainedRecentTokens of {@link Mode#TRISHAPE}: those at the end that are not skipped, whole blocks
 * @param xattentionThreshold of {@link Mode#XATTENTION}: the share of the importance to be covered, 0 to 1
 * @param xattentionBlockSize of {@link Mode#XATTENTION}: the square that is computed or skipped
 * @param xattentionStride of {@link Mode#XATTENTION}: which antidiagonals the importance is estimated from
 */
public record SparseAttention(
        Mode mode,
        int lastDenseTokens,
        int retainedStartTokens,
        int retainedRecentTokens,
        float xattentionThreshold,
        int xattentionBlockSize,
        int xattentionStride) {

    public SparseAttention {
        if (lastDenseTokens < 0
                || retainedStartTokens < 0
                || retainedRecentTokens < 0
                || !(xattentionThreshold >= 0 && xattentionThreshold <= 1)
                || xattentionBlockSize < 1
                || xattentionStride < 1) {
            throw new IllegalArgumentException(
                    "tokens must be at least 0, xattentionThreshold 0 to 1, xattentionBlockSize"
                            + " and xattentionStride at least 1: " + lastDenseTokens + ", " + retainedStartTokens + ", "
                            + retainedRecentTokens + ", " + xattentionThreshold + ", " + xattentionBlockSize + ", "
                            + xattentionStride);
        }
    }

    /** The order is the engine's. */
    public enum Mode {
        TRISHAPE,
        XATTENTION
    }
}
