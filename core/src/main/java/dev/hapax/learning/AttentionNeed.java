package dev.hapax.learning;

/** Whether a loss reads attention maps, and whether gradients shall flow through them. Later ones include earlier ones. */
public enum AttentionNeed {
    /** No maps: the fused kernel runs. */
    NONE,
    /** Maps without their history. */
    VALUES,
    /** Maps through which gradients flow. */
    GRADIENT;

    /** The need that covers both. */
    public AttentionNeed and(AttentionNeed other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
