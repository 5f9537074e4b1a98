package dev.hapax.diffusion;

import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.awt.image.BufferedImage;

/**
 * Which part of a picture is painted anew: white is, black stays.
 *
 * @param picture of any size and shape; it stands for all of the picture that it belongs to
 * @param sha256 what to call it in an image's settings: the hash of its file, in hexadecimal
 * @param keep whether pixels that are not painted anew are copied from the picture in the end. Without, they have been
 *     through the autoencoder, which changes them a little and hides the seam; so does diffusers
 */
public record InpaintingMask(Raster picture, String sha256, boolean keep) {
    private static final int WHITE = 128; // diffusers: v / 255 >= 0.5

    /**
     * A mask from a picture file.
     *
     * @throws IllegalArgumentException if the picture is transparent somewhere: nobody knows what that is to mean
     */
    public static InpaintingMask of(BufferedImage image, String sha256, boolean keep) {
        return new InpaintingMask(opaque(image), sha256, keep);
    }

    /** A mask that comes from no file; it is called by SHA-256 of its RGB samples. */
    public static InpaintingMask of(BufferedImage image, boolean keep) {
        Raster picture = opaque(image);
        return new InpaintingMask(picture, PictureHash.of(picture), keep);
    }

    private static Raster opaque(BufferedImage image) {
        if (image.getColorModel().hasAlpha()) {
            int width = image.getWidth();
            int[] colours = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
            for (int i = 0; i < colours.length; i++) {
                if (colours[i] >>> 24 < 0xFF) {
                    throw new IllegalArgumentException("the mask is transparent at (" + i % width + ", " + i / width
                            + "); save it without transparency, white where to paint anew and black where not");
                }
            }
        }
        return Raster.of(image);
    }

    /** The same for a part around the centre of the picture that it belongs to. */
    InpaintingMask framed(Raster whole, Raster part) {
        Raster fitting = picture.resize(whole.width(), whole.height(), Resampling.LANCZOS);
        return new InpaintingMask(fitting.centre(part.width(), part.height()), sha256, keep);
    }

    /**
     * The mask in the size that is drawn, 255 where to paint anew and 0 elsewhere: resized, then grey, then parted at
     * the middle ({@code v / 255 >= 0.5}), as diffusers does it. Grey masks become hard ones.
     */
    public Raster on(Canvas canvas) {
        Raster grey = canvas.fit(picture).grey();
        byte[] hard = grey.samples().clone();
        for (int i = 0; i < hard.length; i++) {
            hard[i] = (byte) ((hard[i] & 0xFF) >= WHITE ? 0xFF : 0);
        }
        return new Raster(grey.width(), grey.height(), 1, hard);
    }
}
