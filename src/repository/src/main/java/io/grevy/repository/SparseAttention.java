package io.grevy.repository;

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

    /** The order is the engine's. */
    public enum Mode {
        TRISHAPE,
        XATTENTION
    }

    /** The engine's own values. */
    public static SparseAttention of(Mode mode) {
        return new SparseAttention(mode, 100, 128, 1920, 0.8f, 64, 8);
    }
}
