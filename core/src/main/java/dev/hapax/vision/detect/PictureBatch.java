package dev.hapax.vision.detect;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;

/**
 * Pictures as a detector reads them.
 *
 * @param pixels normalised, smaller pictures filled up with zeros at the right and at the bottom: (b, 3, h, w)
 * @param mask 1 where there is a picture, 0 where it was filled up: (b, h, w)
 */
public record PictureBatch(Tensor pixels, Tensor mask) {

    /** Checks that the shapes belong together. */
    public PictureBatch {
        Shape.require("pixels", pixels.shape(), -1, -1, -1, -1);
        Shape.require("the mask of the pixels", mask.shape(), pixels.size(0), pixels.size(2), pixels.size(3));
    }

    /** Pictures of one size, which need no filling. */
    public static PictureBatch whole(Tensor pixels) {
        return new PictureBatch(pixels, Tensor.ones(DType.FLOAT32, pixels.size(0), pixels.size(2), pixels.size(3)));
    }
}
