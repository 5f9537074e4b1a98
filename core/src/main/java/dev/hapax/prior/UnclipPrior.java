package dev.hapax.prior;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/**
 * The diffusion prior of Karlo and Kandinsky 2.1 and, with wider embeddings, 2.2. Gradients flow through every step. The
 * text of each prompt is read once, that of the empty prompt once for all draws.
 */
public final class UnclipPrior implements ImagePrior {
    private final PriorSampler sampler;
    private final PriorPrefix empty;

    /**
     * A prior with its empty prompt.
     *
     * @param empty the condition of the empty prompt, one row
     */
    public UnclipPrior(PriorSampler sampler, TextCondition empty) {
        this.sampler = sampler;
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            this.empty = sampler.prior().prefix(empty).keep();
        }
    }

    /**
     * The same prior guided away from another prompt than the empty one: the negative prompt of an unCLIP pipeline.
     *
     * @param negative its condition, one row
     * @return to be closed by itself
     */
    public UnclipPrior against(TextCondition negative) {
        return new UnclipPrior(sampler, negative);
    }

    @Override
    public String purpose() {
        return "the diffusion prior of Karlo and Kandinsky 2, which ConceptLab was made for: draws another picture each time";
    }

    @Override
    public int width() {
        return sampler.prior().outWidth();
    }

    @Override
    public Tensor draw(TextCondition text, Rng rng, long step) {
        PriorPrefix prompts = sampler.prior().prefix(text);
        long[] shape = {prompts.rows(), sampler.prior().embeddingWidth()};
        int[] draws = {0};
        return sampler.sample(
                prompts,
                empty,
                rng.normal(Purpose.PRIOR, step, 0, shape),
                () -> rng.normal(Purpose.PRIOR, step, ++draws[0], shape));
    }

    @Override
    public void close() {
        empty.close();
    }
}
