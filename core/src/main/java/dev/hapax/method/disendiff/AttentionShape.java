package dev.hapax.method.disendiff;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * How attention maps are made comparable: scaled to [0, 1], smoothed (G), those of classes also multiplied by themselves
 * (f_m), and compared by a soft intersection over union (Zhang et al. 2024, section 3.3; numbers of the authors' code).
 *
 * @param smooth whether maps are smoothed
 * @param suppressions how often the maps of classes are squared: 1; the paper's ablation has 0 and 2
 */
record AttentionShape(boolean smooth, int suppressions) {
    /**
     * Neighbours' share in a smoothed pixel, in each direction. The authors' code has {@code exp(-(x / (2 sigma))^2)} with
     * sigma 0.5, a Gaussian of deviation 0.707: 0.2119, 0.5761, 0.2119.
     */
    static final double NEIGHBOUR = Math.exp(-1) / (1 + 2 * Math.exp(-1));

    private static final double TINY = 1e-8; // authors' code, against maps without contrast
    private static final double OVERLAP_SMOOTHING = 1; // authors' code

    /** The map of a modifier in each sample: (b, r, r'). */
    Tensor modifier(DenoisingPass pass, Subject subject) {
        return shaped(pass, subject.modifierPositions(pass));
    }

    /** The map of a class in each sample: (b, r, r'). */
    Tensor ofClass(DenoisingPass pass, Subject subject) {
        Tensor map = shaped(pass, subject.classPositions(pass));
        for (int i = 0; i < suppressions; i++) {
            map = map.square();
        }
        return map;
    }

    private Tensor shaped(DenoisingPass pass, List<int[]> positions) {
        Tensor map = scaled(pass.requiredMaps().of(positions).to(DType.FLOAT32)); // (b, r, r')
        return smooth ? smoothed(smoothed(map, 1), 2) : map;
    }

    /** Each map (b, r, r') from 0 to 1. */
    static Tensor scaled(Tensor maps) {
        Tensor low = maps.min(true, 1, 2);
        return maps.minus(low).over(maps.max(true, 1, 2).minus(low).plus(TINY));
    }

    /** Smoothed along one axis; beyond the border it is reflected. A single row stays as it is. */
    static Tensor smoothed(Tensor maps, int axis) {
        long n = maps.size(axis);
        if (n < 2) {
            return maps;
        }
        Tensor wide = Tensor.cat(List.of(maps.narrow(axis, 1, 1), maps, maps.narrow(axis, n - 2, 1)), axis);
        return wide.narrow(axis, 0, n)
                .plus(wide.narrow(axis, 2, n))
                .times(NEIGHBOUR)
                .plus(maps.times(1 - 2 * NEIGHBOUR));
    }

    /** The overlap of maps (b, r, r') in [0, 1] for each sample: {@code (sum ab + 1) / (sum a + sum b - sum ab + 1)}. */
    static Tensor overlap(Tensor a, Tensor b) {
        Tensor both = a.times(b).sum(false, 1, 2); // (b)
        Tensor either = a.sum(false, 1, 2).plus(b.sum(false, 1, 2)).minus(both);
        return both.plus(OVERLAP_SMOOTHING).over(either.plus(OVERLAP_SMOOTHING));
    }
}
