package dev.hapax.learning.loss;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Tensor;

/**
 * Class-specific prior preservation: the denoising loss on pictures of the class, so that the model keeps what it knows
 * (Ruiz et al. 2023, equation 2, second term). Without such pictures it is zero.
 */
public record PriorPreservation() implements LossTerm<DenoisingPass> {
    @Override
    public String name() {
        return "prior preservation";
    }

    @Override
    public Tensor of(DenoisingPass pass) {
        return pass.regularisers().map(Denoising::meanError).orElseGet(() -> Tensor.scalar(0));
    }
}
