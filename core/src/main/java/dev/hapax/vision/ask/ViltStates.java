package dev.hapax.vision.ask;

import dev.hapax.tensor.Tensor;

/**
 * What ViLT makes of a question and a picture.
 *
 * @param words (b, tokens, width)
 * @param patches the class token and the patches of the picture, (b, 1 + patches, width)
 * @param pooled of the first word, from which the answer is read: (b, width)
 */
public record ViltStates(Tensor words, Tensor patches, Tensor pooled) {}
