package dev.hapax.measure;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Svd;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Points of many dimensions laid flat: their coordinates along the directions in which they vary most (Pearson 1901), by
 * the singular value decomposition of the centred points, in fp64. Each direction points to where its largest coordinate
 * by absolute value is positive, so that a map does not turn over from one machine to the next.
 */
public final class PrincipalComponents {
    private PrincipalComponents() {}

    /**
     * Lays points flat.
     *
     * @param points at least 2, all of one width
     * @param count of directions, at least 1 and at most the smaller one of number and width of the points
     * @return {@code count} coordinates of each point, around 0
     * @throws IllegalArgumentException if the points do not do
     */
    public static List<double[]> of(List<float[]> points, int count) {
        int width = points.isEmpty() ? 0 : points.get(0).length;
        if (points.size() < 2
                || count < 1
                || count > Math.min(points.size(), width)
                || points.stream().anyMatch(point -> point.length != width)) {
            throw new IllegalArgumentException(points.size() + " points of " + width
                    + " numbers cannot be laid along " + count
                    + " directions; give at least 2, all of one width, and not more directions than either");
        }
        float[] values = new float[points.size() * width];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i), 0, values, i * width, width);
        }
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor rows = Tensor.of(values, points.size(), width).to(DType.FLOAT64); // (points, width)
            Svd svd = Svd.of(rows.minus(rows.mean(true, 0)));
            double[] flat =
                    svd.u().times(svd.s()).narrow(1, 0, count).contiguous().toDoubles(); // (points, count)
            return turned(flat, points.size(), count);
        }
    }

    private static List<double[]> turned(double[] flat, int points, int count) {
        List<double[]> coordinates = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            coordinates.add(new double[count]);
        }
        for (int axis = 0; axis < count; axis++) {
            double most = 0;
            for (int i = 0; i < points; i++) {
                double value = flat[i * count + axis];
                most = Math.abs(value) > Math.abs(most) ? value : most;
            }
            for (int i = 0; i < points; i++) {
                coordinates.get(i)[axis] = (most < 0 ? -1 : 1) * flat[i * count + axis];
            }
        }
        return coordinates;
    }
}
