package dev.hapax.method.conceptlab;

import dev.hapax.learning.LossTerm;
import dev.hapax.learning.PriorPass;
import dev.hapax.tensor.Tensor;
import java.util.Map;

/**
 * What is drawn shall resemble none of the known things, and least of all the nearest (Richardson et al. 2024, equation 4,
 * and the clamp of the authors' {@code coach.py}), with {@code s_j = max(cos_j, floor)}:
 *
 * <pre>  1/2 (mean over things and batch of s_j + max over things of the mean over the batch of s_j).</pre>
 *
 * 0 while nothing is known.
 *
 * @param known may grow between steps; saved with the run
 * @param floor below which nothing is gained
 */
record Difference(Constraint things, Negatives known, double floor) implements LossTerm<PriorPass> {
    private static final double ABOVE = 2; // above every cosine, whatever the rounding

    @Override
    public String name() {
        return "difference";
    }

    @Override
    public boolean rests() {
        return true;
    }

    @Override
    public Tensor of(PriorPass pass) {
        if (known.isEmpty()) {
            return Tensor.scalar(0);
        }
        Tensor cosines = things.cosines(pass).clamp(floor, ABOVE); // (k, b)
        Tensor nearest = cosines.mean(false, 1).max(false, 0);
        return cosines.mean().plus(nearest).times(0.5);
    }

    @Override
    public Map<String, Tensor> memory() {
        return known.memory();
    }

    @Override
    public void remember(Map<String, Tensor> memory) {
        known.remember(memory);
    }
}
