package dev.hapax.vision;

import dev.hapax.tensor.Tensor;

/**
 * What CLIP's image half says about pictures.
 *
 * @param last the output of the last layer, not normalised: (b, 1 + patches, width)
 * @param pooled its class token after the last norm: (b, width)
 * @param projected {@code pooled} in the space shared with texts, not normalised: (b, projection)
 */
public record ImageEncoding(Tensor last, Tensor pooled, Tensor projected) {}
