package dev.hapax.vision.detect;

import dev.hapax.tensor.Tensor;
import java.util.List;

/** Arithmetic on boxes as tensors whose last axis is centre x, centre y, width, height; differentiable. */
public final class BoxTensors {
    private BoxTensors() {}

    /** Boxes as a tensor: (boxes, 4), fp32. */
    public static Tensor of(List<Box> boxes) {
        float[] numbers = new float[4 * boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            numbers[4 * i] = (float) box.centreX();
            numbers[4 * i + 1] = (float) box.centreY();
            numbers[4 * i + 2] = (float) box.width();
            numbers[4 * i + 3] = (float) box.height();
        }
        return Tensor.of(numbers, boxes.size(), 4);
    }

    /** The sum of the absolute differences of the four numbers, (...). */
    public static Tensor distance(Tensor a, Tensor b) {
        return a.minus(b).abs().sum(false, -1);
    }

    /**
     * Generalised intersection over union (Rezatofighi et al. 2019, algorithm 1): {@code |A and B| / |A or B| - |C less
     * (A or B)| / |C|}, C the smallest box around both; in (-1, 1].
     *
     * @param a (..., 4)
     * @param b (..., 4), broadcast against {@code a}
     * @return (...)
     */
    public static Tensor generalisedOverlap(Tensor a, Tensor b) {
        Tensor both = extent(a, b, 0, true).times(extent(a, b, 1, true));
        Tensor either = area(a).plus(area(b)).minus(both);
        Tensor around = extent(a, b, 0, false).times(extent(a, b, 1, false));
        return both.over(either).minus(around.minus(either).over(around));
    }

    private static Tensor area(Tensor box) {
        return box.select(-1, 2).times(box.select(-1, 3));
    }

    /** How long the intersection of two boxes is along an axis (0 across, 1 down), or the smallest box around them. */
    private static Tensor extent(Tensor a, Tensor b, int axis, boolean intersection) {
        Tensor startA = edge(a, axis, -0.5);
        Tensor startB = edge(b, axis, -0.5);
        Tensor endA = edge(a, axis, 0.5);
        Tensor endB = edge(b, axis, 0.5);
        return intersection
                ? endA.minimum(endB).minus(startA.maximum(startB)).clamp(0, Double.POSITIVE_INFINITY)
                : endA.maximum(endB).minus(startA.minimum(startB));
    }

    private static Tensor edge(Tensor box, int axis, double side) {
        return box.select(-1, axis).plus(box.select(-1, 2 + axis).times(side));
    }
}
