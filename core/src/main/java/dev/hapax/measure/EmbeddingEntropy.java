package dev.hapax.measure;

/**
 * How evenly a vector spreads over its coordinates: the entropy of the shares that they have in its squared length,
 *
 * <pre>  H(v) = -sum_i p_i ln p_i,   p_i = v_i^2 / |v|^2,</pre>
 *
 * in nats, from 0 (all in one coordinate) to ln(width) (alike in all). Zhang et al. 2024 (Compositional Inversion) report
 * the entropy of learned embeddings against ordinary ones and do not define it; this form, which does not see the length
 * of a vector, is our choice (decision 19).
 */
public final class EmbeddingEntropy {
    private EmbeddingEntropy() {}

    /**
     * The entropy of a vector.
     *
     * @throws IllegalArgumentException if all its coordinates are 0, which have no shares
     */
    public static double of(float[] vector) {
        double length = 0; // squared
        for (float value : vector) {
            length += (double) value * value;
        }
        if (!(length > 0)) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " zeros has no entropy; give one that has a length");
        }
        double entropy = 0;
        for (float value : vector) {
            double share = value * (double) value / length;
            if (share > 0) {
                entropy -= share * Math.log(share);
            }
        }
        return entropy;
    }
}
