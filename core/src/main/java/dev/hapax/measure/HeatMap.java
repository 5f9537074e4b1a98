package dev.hapax.measure;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/**
 * How much each pixel of an image looked at a word.
 *
 * @param height rows
 * @param width columns
 * @param values row by row, not negative
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; nobody compares heat maps
public record HeatMap(int height, int width, float[] values) {
    /** Copies the values and checks their number. */
    public HeatMap {
        values = values.clone();
        if (height < 1 || width < 1 || values.length != height * width) {
            throw new IllegalArgumentException(values.length + " values do not fill " + height + " x " + width);
        }
    }

    /** From a tensor (height, width). */
    static HeatMap of(Tensor map) {
        try (Scope scope = Scope.open()) {
            return new HeatMap(
                    (int) map.size(0), (int) map.size(1), map.to(DType.FLOAT32).toFloats());
        }
    }

    @Override
    public float[] values() {
        return values.clone();
    }

    /** One value. */
    public double at(int x, int y) {
        return values[y * width + x];
    }

    /** The same from 0 to 1: divided by the largest value. */
    public HeatMap normalised() {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, value);
        }
        float[] shares = new float[values.length];
        for (int i = 0; i < shares.length && most > 0; i++) {
            shares[i] = values[i] / most;
        }
        return new HeatMap(height, width, shares);
    }

    /** Brought to another size bilinearly. */
    public HeatMap resized(int toHeight, int toWidth) {
        try (Scope scope = Scope.open()) {
            Tensor map = Tensor.of(values, 1, 1, height, width);
            return of(Functional.resizeBilinear(map, toHeight, toWidth).reshape(toHeight, toWidth));
        }
    }

    /**
     * {@code B(A) = 1[A / max A > k]}: where a word looks (Jin et al. 2024, section 3).
     *
     * @param k share of the largest value, in [0, 1)
     */
    public PixelMask above(double k) {
        float[] shares = normalised().values;
        return PixelMask.of(height, width, i -> shares[i] > k);
    }

    /**
     * Intersection over union of {@link #above}(1/2), at the size of the truth, with the truth. One half is the
     * paper's k.
     */
    public double overlap(PixelMask truth) {
        return resized(truth.height(), truth.width()).above(0.5).overlap(truth);
    }
}
