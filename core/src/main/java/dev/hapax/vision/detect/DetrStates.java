package dev.hapax.vision.detect;

import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * What DETR computes on its way.
 *
 * @param features what the stem of the backbone and each of its stages give, (b, channels, h', w') each
 * @param mask of the last of them: 1 where there is a picture, (b, h', w')
 * @param positions of its cells, (b, width, h', w')
 * @param projected its cells in the transformer's width, (b, width, h', w')
 * @param encoded what goes into the first layer of the encoder and what comes out of each, (b, h' * w', width)
 * @param decoded what goes into each layer of the decoder, (b, queries, width); the first is zero
 * @param last the decoder's outcome after its norm, (b, queries, width)
 */
public record DetrStates(
        List<Tensor> features,
        Tensor mask,
        Tensor positions,
        Tensor projected,
        List<Tensor> encoded,
        List<Tensor> decoded,
        Tensor last) {

    /** Copies the lists. */
    public DetrStates {
        features = List.copyOf(features);
        encoded = List.copyOf(encoded);
        decoded = List.copyOf(decoded);
    }
}
