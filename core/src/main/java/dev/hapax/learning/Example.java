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
 * @param mirrored the same of the mirrored picture; empty if it is never shown mirrored. It has to be encoded itself:
 *     mirrored latents are not the latents of the mirrored picture ({@link #latents(boolean)})
 * @param regularises for a picture that only reminds the model of what it knows, the caption that it is shown with; empty
 *     for a picture to learn from
 */
public record Example(
        String name, String sha256, Posterior latents, Optional<Posterior> mirrored, Optional<String> regularises) {
    /** No picture: what prompts are drawn for by methods that learn without any. */
    public static Example none() {
        Tensor nothing = Tensor.zeros(DType.FLOAT32, 1, 0, 0, 0);
        return new Example("", "", new Posterior(nothing, nothing));
    }

    /** A picture to learn from that is never shown mirrored. */
    public Example(String name, String sha256, Posterior latents) {
        this(name, sha256, latents, Optional.empty(), Optional.empty());
    }

    /** The same picture, which may be shown mirrored. */
    public Example withMirrored(Posterior other) {
        return new Example(name, sha256, latents, Optional.of(other), regularises);
    }

    /** The same picture as one that only reminds the model of what it knows. */
    public Example regularising(String caption) {
        return new Example(name, sha256, latents, mirrored, Optional.of(caption));
    }

    /**
     * The latents of the picture as it is, or mirrored. Autoencoders are not symmetric: with Picturebook's, the loss of the
     * untrained words was 1.6 to 1.9 times as high on mirrored latents as on those of the mirrored picture.
     *
     * @throws IllegalArgumentException if it was not encoded mirrored
     */
    public Posterior latents(boolean asMirrored) {
        return asMirrored
                ? mirrored.orElseThrow(() -> new IllegalArgumentException(
                        "the picture " + name + " shall be shown mirrored, but was not encoded so"))
                : latents;
    }
}
