package dev.hapax.attention;

import dev.hapax.tensor.Tensor;

/**
 * Looks into the cross-attention layers of one forward pass. A layer that nobody wants runs a fused kernel, which never
 * holds its probabilities in memory; a wanted one computes them explicitly, with the same result.
 */
public interface AttentionProbe {
    /** Wants nothing. */
    AttentionProbe NONE = new AttentionProbe() {
        @Override
        public boolean wants(AttentionLayer layer, Resolution resolution) {
            return false;
        }

        @Override
        public void record(AttentionLayer layer, Resolution resolution, Tensor probabilities) {
            throw new IllegalStateException("nothing was wanted of layer " + layer.index());
        }
    };

    /** Whether this layer, which runs at this resolution, shall show its probabilities; asked once per pass. */
    boolean wants(AttentionLayer layer, Resolution resolution);

    /**
     * Takes the probabilities of a wanted layer. They are part of the graph and belong to a scope that closes soon:
     * what is kept must be moved out of it ({@link dev.hapax.tensor.Scope#keeper()}).
     *
     * @param probabilities (b, heads, pixels, tokens), summing to 1 over tokens; pixels in row-major order
     */
    void record(AttentionLayer layer, Resolution resolution, Tensor probabilities);
}
