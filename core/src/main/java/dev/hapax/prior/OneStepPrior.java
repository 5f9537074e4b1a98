package dev.hapax.prior;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;

/**
 * A prior that goes from noise to the embedding in one pass, without guidance and without statistics of embeddings: ECLIPSE
 * (Patel et al. 2023), for Karlo's or Kandinsky 2.2's decoder.
 *
 * @param prior of that kind: it is told no timestep
 */
public record OneStepPrior(PriorTransformer prior) implements ImagePrior {
    /** Checks that it is no diffusion prior. */
    public OneStepPrior {
        if (prior.readsTime()) {
            throw new IllegalArgumentException("a one-step prior reads no timestep, and this one does; use it as the"
                    + " diffusion prior that it is");
        }
    }

    @Override
    public String purpose() {
        return "a small prior (ECLIPSE): one pass a step, where diffusion takes ten";
    }

    @Override
    public int width() {
        return prior.outWidth();
    }

    @Override
    public Tensor draw(TextCondition text, Rng rng, long step) {
        PriorPrefix prompts = prior.prefix(text);
        Tensor noise = rng.normal(Purpose.PRIOR, step, 0, prompts.rows(), prior.embeddingWidth());
        return prior.predict(noise, Tensor.scalar(0), prompts);
    }
}
