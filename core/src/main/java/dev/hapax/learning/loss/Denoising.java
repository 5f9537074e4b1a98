package dev.hapax.learning.loss;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Tensor;

/** The loss diffusion models are trained with: {@code E ||eps - eps_theta(z_t, t, c)||^2} (Ho et al. 2020, eq. 14). */
public record Denoising() implements LossTerm<DenoisingPass> {
    @Override
    public String name() {
        return "denoising";
    }

    @Override
    public boolean reconstructs() {
        return true;
    }

    @Override
    public Tensor of(DenoisingPass pass) {
        return pass.prediction().minus(pass.target()).square().mean();
    }
}
