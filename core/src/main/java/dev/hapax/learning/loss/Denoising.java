package dev.hapax.learning.loss;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Tensor;

/**
 * The loss diffusion models are trained with: {@code E ||eps - eps_theta(z_t, t, c)||^2} (Ho et al. 2020, eq. 14), on the
 * pictures to learn from. Where a picture has a mask, the mean is taken over the values that the mask leaves, and then
 * over the batch.
 */
public record Denoising() implements LossTerm<DenoisingPass> {
    @Override
    public String name() {
        return "denoising";
    }

    @Override
    public Tensor of(DenoisingPass pass) {
        return meanError(pass.subjects());
    }

    /** The mean squared error of all samples of a pass: a scalar. */
    static Tensor meanError(DenoisingPass pass) {
        Tensor squares = pass.prediction().minus(pass.target()).square(); // (b, c, h, w)
        return pass.mask().map(mask -> masked(squares, mask)).orElseGet(squares::mean);
    }

    private static Tensor masked(Tensor squares, Tensor mask) {
        Tensor values = mask.sum(false, 1, 2, 3).times(squares.size(1)); // (b): the mask counts for every channel
        return squares.times(mask).sum(false, 1, 2, 3).over(values).mean();
    }
}
