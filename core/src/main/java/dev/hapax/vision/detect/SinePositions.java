package dev.hapax.vision.detect;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Where each cell of a feature map lies, as sines and cosines (Carion et al. 2020, appendix A.4): half of the numbers
 * for the row, half for the column, each counted over the cells that belong to the picture and scaled to 2 pi. Computed
 * in fp32, as the reference does.
 *
 * @param width of the embedding, a multiple of 4
 */
record SinePositions(int width) {
    private static final double LONGEST_PERIOD = 10000; // the paper takes it from Vaswani et al. 2017
    private static final double EPSILON = 1e-6; // of the reference implementation

    /** Checks the width. */
    SinePositions {
        if (width < 4 || width % 4 != 0) {
            throw new IllegalArgumentException("sine positions need a width that is a multiple of 4, got " + width);
        }
    }

    /**
     * The embedding.
     *
     * @param mask (b, h, w), 1 where there is a picture, 0 where a smaller one was filled up, fp32
     * @return (b, width, h, w), rows first, fp32
     */
    Tensor of(Tensor mask) {
        return Tensor.cat(List.of(along(mask, 1), along(mask, 2)), 3).permute(0, 3, 1, 2);
    }

    private Tensor along(Tensor mask, int axis) {
        int half = width / 2;
        float[] periods = new float[half / 2];
        for (int i = 0; i < periods.length; i++) {
            periods[i] = (float) Math.pow(LONGEST_PERIOD, 2.0 * i / half);
        }
        Tensor count = mask.cumsum(axis); // (b, h, w), from 1
        Tensor all = count.narrow(axis, count.size(axis) - 1, 1);
        Tensor place = count.over(all.plus(EPSILON)).times(2 * Math.PI).unsqueeze(3); // (b, h, w, 1)
        Tensor angles = place.over(Tensor.of(periods, periods.length)); // (b, h, w, half / 2)
        return Tensor.stack(List.of(angles.sin(), angles.cos()), 4)
                .reshape(mask.size(0), mask.size(1), mask.size(2), half)
                .to(DType.FLOAT32);
    }
}
