package dev.hapax.diffusion;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;

/**
 * A picture and the part of it to paint anew, as tensors, prepared as diffusers' {@code StableDiffusionInpaintPipeline}
 * does it.
 *
 * @param picture (1, 3, h, w) in [-1, 1]
 * @param mask (1, 1, h, w), 1 where to paint anew, else 0
 */
public record MaskedPicture(Tensor picture, Tensor mask) {
    private static final double HALF_RANGE = 127.5; // samples 0..255 become -1..1

    /** From a picture (RGB) and a hard mask ({@link InpaintingMask#on}) of the same size; fp32. */
    public static MaskedPicture of(Raster picture, Raster mask) {
        if (picture.width() != mask.width() || picture.height() != mask.height()) {
            throw new IllegalArgumentException("the picture has " + picture.width() + " x " + picture.height()
                    + " pixels, the mask " + mask.width() + " x " + mask.height() + "; resize one of them");
        }
        return new MaskedPicture(
                pixels(picture), mask.toTensor().greater(0).to(DType.FLOAT32).unsqueeze(0));
    }

    /** A picture (RGB) as (1, 3, h, w) in [-1, 1], fp32. */
    public static Tensor pixels(Raster picture) {
        return picture.toTensor().over(HALF_RANGE).minus(1).unsqueeze(0);
    }

    /** What is left of the picture: 0, a middle grey, where it is to be painted anew; (1, 3, h, w). */
    public Tensor masked() {
        return picture.times(mask.negative().plus(1));
    }

    /**
     * The mask as large as the latents, (1, 1, h / reduction, w / reduction): each of its pixels is the first one, left
     * and top, of those that it stands for.
     */
    public Tensor small(int reduction) {
        long rows = mask.size(2) / reduction;
        long columns = mask.size(3) / reduction;
        return mask.reshape(1, 1, rows, reduction, columns, reduction)
                .select(5, 0)
                .select(3, 0);
    }

    /**
     * How the mask takes part in a run of this model.
     *
     * @param encoded the picture's latents, (images, channels, h, w)
     * @param eps standard normals of the same shape, with which the masked picture is encoded if that is needed
     * @param noise standard normals of the same shape, those that the run begins with
     */
    public Inpainting inpainting(StableDiffusion model, Tensor encoded, Tensor eps, Tensor noise) {
        Tensor small =
                small(model.vae().reduction()).to(encoded.device()).to(encoded.dtype()); // (1, 1, h, w) of latents
        return model.readsMask()
                ? new MaskChannels(small, model.latents(masked(), eps).to(encoded.dtype()))
                : new LatentBlending(small, encoded, noise);
    }
}
