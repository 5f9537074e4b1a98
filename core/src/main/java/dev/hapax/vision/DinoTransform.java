package dev.hapax.vision;

import dev.hapax.tensor.Tensor;

/**
 * The transform that DINO was evaluated with (Caron et al. 2021, the authors' {@code eval_knn.py}), and the DINO score
 * of DreamBooth after it: torchvision's {@code Resize} of the shorter side (bicubic), {@code CenterCrop}, and the
 * normalisation of ImageNet.
 *
 * <p>It is not quite {@link ClipImageProcessor}: where the border is an odd number of pixels, torchvision rounds half of
 * it to the even neighbour, transformers down.
 *
 * @param resize the shorter side after resizing, in pixels
 * @param crop width and height of the cut
 */
public record DinoTransform(int resize, int crop) implements ImageProcessor {

    /** Checks the sizes. */
    public DinoTransform {
        if (crop < 1 || resize < crop) {
            throw new IllegalArgumentException(
                    "a cut of " + crop + " x " + crop + " does not fit pictures whose shorter side is " + resize);
        }
    }

    /** The authors' sizes: shorter side 256, cut 224 x 224. */
    public static DinoTransform standard() {
        return new DinoTransform(256, 224);
    }

    /** The part of a picture that is looked at, resized. */
    public Raster cut(Raster picture) {
        Raster resized = picture.resizeShorter(resize, Resampling.BICUBIC);
        return resized.crop(
                (int) Math.rint((resized.width() - crop) / 2.0),
                (int) Math.rint((resized.height() - crop) / 2.0),
                crop,
                crop);
    }

    @Override
    public Tensor apply(Raster picture) {
        return Normalization.IMAGE_NET.apply(cut(picture));
    }
}
