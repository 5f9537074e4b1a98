package dev.hapax.learning;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Shortens gradients whose common Euclidean length is more than {@code longest} (Pascanu et al. 2013, algorithm 1).
 *
 * @param longest positive; infinity leaves all gradients alone
 */
record GradientClip(double longest) {
    private static final double FLOOR = 1e-6; // torch.nn.utils.clip_grad_norm_ adds it to the length

    /** Takes the gradients over: those that it gives back may be others. */
    List<Tensor> apply(List<Tensor> gradients, long step) {
        if (Double.isInfinite(longest)) {
            return gradients;
        }
        double squares = 0;
        for (Tensor gradient : gradients) {
            squares +=
                    Scope.run(() -> gradient.to(DType.FLOAT64).square().sum()).item();
        }
        if (!Double.isFinite(squares)) {
            throw new IllegalStateException(
                    "the gradient is not finite at step " + step + "; lower the learning rates");
        }
        double factor = longest / (Math.sqrt(squares) + FLOOR);
        return factor >= 1
                ? gradients
                : gradients.stream()
                        .map(gradient -> shortened(gradient, factor))
                        .toList();
    }

    private static Tensor shortened(Tensor gradient, double factor) {
        Tensor shorter = gradient.times(factor);
        gradient.close(); // one after the other: all of them twice is as much as the weights that move
        return shorter;
    }
}
