package dev.hapax.method.customdiffusion;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.LinearSystem;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.tensor.TensorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Joins one matrix that several concepts have changed apart from each other: of all matrices that do to each concept's
 * texts what its own matrix does, the one that does least to other texts (Kumari et al. 2023, equations 4 and 5):
 *
 * <pre>
 * min_W ||(W - W0) Creg'||  subject to  W C' = V
 * W = W0 + (V - W0 C') (D C')^-1 D,  D = C G^-1,  G = Creg' Creg
 * </pre>
 */
public final class ConstrainedMerge {
    /** What is added to the diagonal of G, as a share of its mean: few texts leave G without an inverse. Our choice. */
    public static final double RIDGE = 1e-4;

    private static final double TOLERANCE = 1e-6; // of the constraint, relative; in fp64 it is met to about 1e-10

    private ConstrainedMerge() {}

    /**
     * What one concept asks for.
     *
     * @param weight the matrix that was learned with it, (out, width)
     * @param texts encoded tokens of its prompts, (n, width)
     */
    public record Concept(Tensor weight, Tensor texts) {}

    /**
     * The joint matrix.
     *
     * @param base the matrix before, (out, width)
     * @param regularising encoded tokens of texts that shall keep what they had, (n, width)
     * @param concepts at least one; where two have a token alike, the first decides
     * @return (out, width), of the type of {@code base}; it belongs to the innermost open scope
     * @throws IllegalArgumentException if the texts of the concepts depend on each other, so that no matrix does it all
     */
    public static Tensor merge(Tensor base, Tensor regularising, List<Concept> concepts) {
        if (concepts.isEmpty()) {
            throw new IllegalArgumentException("nothing to merge; give at least one concept");
        }
        return Scope.run(() -> {
            try (Gradients.Region off = Gradients.off()) {
                return merged(wide(base), wide(regularising), concepts).to(base.dtype());
            }
        });
    }

    private static Tensor merged(Tensor base, Tensor regularising, List<Concept> concepts) {
        List<Tensor> rows = new ArrayList<>();
        List<Tensor> wanted = new ArrayList<>();
        Set<List<Double>> seen = new HashSet<>();
        for (Concept concept : concepts) {
            Tensor texts = wide(concept.texts());
            for (long i = 0; i < texts.size(0); i++) {
                Tensor row = texts.narrow(0, i, 1); // (1, width)
                if (seen.add(Arrays.stream(row.toDoubles()).boxed().toList())) {
                    rows.add(row);
                    wanted.add(row.matmul(wide(concept.weight()).transpose(0, 1))); // (1, out)
                }
            }
        }
        Tensor c = Tensor.cat(rows, 0); // (s, width)
        Tensor v = Tensor.cat(wanted, 0); // (s, out)
        long width = base.size(1);
        Tensor g = regularising.transpose(0, 1).matmul(regularising); // (width, width)
        Tensor diagonal = identity(width);
        Tensor ridge = g.times(diagonal).sum().times(RIDGE / width);
        Tensor left = v.minus(c.matmul(base.transpose(0, 1))); // (s, out): what is missing
        try {
            Tensor d = LinearSystem.solve(g.plus(diagonal.times(ridge)), c.transpose(0, 1)); // (width, s)
            Tensor m = LinearSystem.solve(c.matmul(d), left); // (s, out)
            Tensor sum = base.plus(m.transpose(0, 1).matmul(d.transpose(0, 1)));
            requireConstraint(sum, c, v);
            return sum;
        } catch (TensorException e) {
            throw dependent(c, e);
        }
    }

    private static void requireConstraint(Tensor sum, Tensor c, Tensor v) {
        double off = c.matmul(sum.transpose(0, 1)).minus(v).square().sum().item();
        double size = v.square().sum().item();
        if (!(off <= TOLERANCE * TOLERANCE * size)) {
            throw dependent(c, null);
        }
    }

    private static IllegalArgumentException dependent(
            Tensor c, @org.jspecify.annotations.Nullable TensorException cause) {
        return new IllegalArgumentException(
                "no matrix does what all concepts ask for: their " + c.size(0) + " text tokens of width " + c.size(1)
                        + " depend on each other; give fewer prompts for each",
                cause);
    }

    private static Tensor identity(long n) {
        double[] values = new double[Math.toIntExact(n * n)];
        for (int i = 0; i < n; i++) {
            values[(int) (i * n + i)] = 1;
        }
        return Tensor.of(values, n, n);
    }

    private static Tensor wide(Tensor tensor) {
        return tensor.detach().to(DType.FLOAT64);
    }
}
