package dev.hapax.method.conceptlab;

import dev.hapax.learning.LossTerm;
import dev.hapax.learning.PriorPass;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * What is drawn shall resemble all of these (Richardson et al. 2024, equation 3, and the clamp of the authors' {@code
 * coach.py}), the mean over the batch of
 *
 * <pre>  sum_i w_i (1 - min(cos_i, ceiling)).</pre>
 *
 * @param weights one for each thing; they sum to 1
 * @param ceiling from where on nothing is gained; infinite for mixing
 */
record Resemblance(Constraint things, List<Double> weights, double ceiling) implements LossTerm<PriorPass> {
    private static final double BELOW = -2; // below every cosine, whatever the rounding

    @Override
    public String name() {
        return "resemblance";
    }

    @Override
    public boolean rests() {
        return true;
    }

    @Override
    public Tensor of(PriorPass pass) {
        Tensor cosines = things.cosines(pass); // (k, b)
        if (cosines.size(0) != weights.size()) {
            throw new IllegalArgumentException(
                    weights.size() + " weights for " + cosines.size(0) + " things; give one for each");
        }
        double[] each = weights.stream().mapToDouble(Double::doubleValue).toArray();
        Tensor weight = Tensor.of(each, each.length, 1).to(DType.FLOAT32).to(cosines.device()); // (k, 1)
        return cosines.clamp(BELOW, ceiling)
                .negative()
                .plus(1)
                .times(weight)
                .sum(false, 0)
                .mean();
    }
}
