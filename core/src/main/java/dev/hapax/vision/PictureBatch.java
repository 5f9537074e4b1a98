package dev.hapax.vision;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of different sizes as one batch.
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

    /**
     * Pictures, each at the upper left of a frame that holds the largest.
     *
     * @param pictures normalised, each (1, 3, height, width); at least one
     */
    public static PictureBatch framed(List<Tensor> pictures) {
        long height = pictures.stream().mapToLong(one -> one.size(2)).max().orElseThrow();
        long width = pictures.stream().mapToLong(one -> one.size(3)).max().orElseThrow();
        List<Tensor> pixels = new ArrayList<>();
        List<Tensor> masks = new ArrayList<>();
        for (Tensor picture : pictures) {
            int right = (int) (width - picture.size(3));
            int bottom = (int) (height - picture.size(2));
            pixels.add(Functional.pad(picture, 0, right, 0, bottom, 0));
            Tensor all = Tensor.ones(DType.FLOAT32, 1, picture.size(2), picture.size(3));
            masks.add(Functional.pad(all, 0, right, 0, bottom, 0));
        }
        return new PictureBatch(Tensor.cat(pixels, 0), Tensor.cat(masks, 0));
    }
}
