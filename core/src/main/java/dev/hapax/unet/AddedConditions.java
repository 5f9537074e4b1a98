package dev.hapax.unet;

import dev.hapax.tensor.Tensor;

/** What a U-Net is told beside timestep and text. Which of these it needs stands in its configuration. */
public sealed interface AddedConditions {
    /** Nothing: Stable Diffusion 1.x and 2.x. */
    AddedConditions NONE = new None();

    /** Nothing. */
    record None() implements AddedConditions {}

    /**
     * The pooled text and six numbers of Stable Diffusion XL (Podell et al. 2023, section 2.2).
     *
     * @param pooledText (b, text width)
     * @param timeIds (b, 6): original height and width, top and left of the crop, target height and width, in pixels
     */
    record TextTime(Tensor pooledText, Tensor timeIds) implements AddedConditions {}

    /**
     * The image of Stable Diffusion unCLIP (Ramesh et al. 2022, section 2.1; diffusers' {@code class_labels}).
     *
     * @param embedding CLIP's embedding of an image, noised, and beside it the sinusoids of how much: (b, class width)
     */
    record ImageClass(Tensor embedding) implements AddedConditions {}
}
