package dev.hapax.measure;

import java.util.List;

/**
 * A picture or a text as a point in a space where near means alike: CLIP's, which both share, or DINO's, of pictures.
 *
 * @param values not normalised
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; nobody compares embeddings for equality
public record Embedding(float[] values) {
    /** Copies the values. */
    public Embedding {
        values = values.clone();
    }

    @Override
    public float[] values() {
        return values.clone();
    }

    /**
     * The cosine of the angle to another one, in [-1, 1].
     *
     * @throws IllegalArgumentException if they have different lengths
     */
    public double cosine(Embedding other) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "embeddings of " + values.length + " and " + other.values.length + " numbers have no angle");
        }
        double product = 0;
        double own = 0;
        double others = 0;
        for (int i = 0; i < values.length; i++) {
            product += (double) values[i] * other.values[i];
            own += (double) values[i] * values[i];
            others += (double) other.values[i] * other.values[i];
        }
        return product / Math.max(Math.sqrt(own * others), 1e-12);
    }

    /** The mean cosine of several embeddings with this one. */
    public double meanCosine(List<Embedding> others) {
        return others.stream().mapToDouble(this::cosine).average().orElseThrow();
    }
}
