package dev.hapax.learning;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import java.util.Optional;

/**
 * A picture to learn from, encoded once.
 *
 * @param name the file's name without its ending
 * @param sha256 of the file's bytes, for provenance
 * @param latents the distribution of its unscaled latents, (1, c, h, w)
 * @param regularises for a picture that only reminds the model of what it knows, the caption that it is shown with; empty
 *     for a picture to learn from
 */
public record Example(String name, String sha256, Posterior latents, Optional<String> regularises) {
    /** No picture: what prompts are drawn for by methods that learn without any. */
    public static Example none() {
        Tensor nothing = Tensor.zeros(DType.FLOAT32, 1, 0, 0, 0);
        return new Example("", "", new Posterior(nothing, nothing));
    }

    /** A picture to learn from. */
    public Example(String name, String sha256, Posterior latents) {
        this(name, sha256, latents, Optional.empty());
    }

    /** The same picture as one that only reminds the model of what it knows. */
    public Example regularising(String caption) {
        return new Example(name, sha256, latents, Optional.of(caption));
    }
}
