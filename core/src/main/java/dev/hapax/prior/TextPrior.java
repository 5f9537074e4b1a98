package dev.hapax.prior;

import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;

/**
 * No prior: the text's own embedding stands for the picture's (ConceptLab's ablation "CLIP-ConceptLab"). Texts lie much
 * nearer to each other than to pictures, so thresholds must be calibrated.
 *
 * @param width of the text tower's projection
 */
public record TextPrior(int width) implements ImagePrior {
    @Override
    public String purpose() {
        return "no prior, the space of texts alone: needs nothing but the text tower; the paper takes a prior because there"
                + " words are newer";
    }

    @Override
    public Tensor draw(TextCondition text, Rng rng, long step) {
        if (text.pooled().size(1) != width) {
            throw new IllegalArgumentException(
                    "text embeddings are " + text.pooled().size(1) + " wide, " + width + " were expected");
        }
        return text.pooled();
    }
}
