package dev.hapax.diffusion;

import dev.hapax.attention.TextContext;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.AddedConditions;

/**
 * What the U-Net is told about one image at one moment.
 *
 * @param text (1, tokens, width) for each cross-attention layer
 * @param added what the model needs beside it, with a batch of 1
 */
public record Condition(TextContext text, AddedConditions added) {

    /** The same text (1, tokens, width) for every layer, and nothing beside it. */
    public static Condition of(Tensor text) {
        return new Condition(TextContext.of(text), AddedConditions.NONE);
    }
}
