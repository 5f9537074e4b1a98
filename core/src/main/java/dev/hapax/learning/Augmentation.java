package dev.hapax.learning;

import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import java.util.List;
import java.util.Optional;

/** Shows a picture otherwise in each step. */
@FunctionalInterface
public interface Augmentation {

    /**
     * What is shown of a picture.
     *
     * @param latents the distribution of its unscaled latents, (1, c, h, w)
     * @param prefix what the prompt begins with for it; may be empty
     * @param mask where there is content, 1 or 0, (1, 1, h, w); empty for everywhere
     */
    record View(Posterior latents, String prefix, Optional<Tensor> mask) {}

    /** Every picture as it is. */
    Augmentation NONE =
            (picture, mirrored, rng, step, sample) -> new View(picture.latents(mirrored), "", Optional.empty());

    /**
     * The view of a picture in a sample of a step; which one follows from (seed, step, sample) alone.
     *
     * @param mirrored whether everything is seen in a mirror, mask included
     */
    View view(Example picture, boolean mirrored, Rng rng, long step, int sample);

    /** Every prefix that may be drawn. */
    default List<String> prefixes() {
        return List.of("");
    }
}
