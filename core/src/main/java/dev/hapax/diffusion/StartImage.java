package dev.hapax.diffusion;

import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * A picture to begin from instead of noise (Meng et al. 2022, "SDEdit"), all of it or, with a mask, a part.
 *
 * <p>It is brought to the size of the request by {@link Canvas#fit}, or drawn in its own size if the request has none. If
 * the request's size has another shape, the part around the centre that has it is taken, of the mask as well.
 *
 * @param picture RGB
 * @param sha256 what to call it in an image's settings: the hash of its file, in hexadecimal
 * @param strength which part of the steps is done on it, in (0, 1], at least one step. 1 leaves next to nothing of the
 *     picture; under a mask it begins from noise alone, as in diffusers
 * @param mask which part is painted anew; empty for all of it
 */
public record StartImage(Raster picture, String sha256, double strength, Optional<InpaintingMask> mask) {
    private static final double MOST = 4; // times the pixels a model is trained for, before we ask. Our choice

    /** Checks the strength. */
    public StartImage {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength must be in (0, 1], got " + strength);
        }
    }

    /** All of a picture that comes from no file; it is called by SHA-256 of its RGB samples. */
    public StartImage(BufferedImage image, double strength) {
        this(Raster.of(image), PictureHash.of(Raster.of(image)), strength, Optional.empty());
    }

    /** The same, painting anew only what the mask says. */
    public StartImage withMask(InpaintingMask newMask) {
        return new StartImage(picture, sha256, strength, Optional.of(newMask));
    }

    /** How many of {@code steps} steps are done on the picture: the strength's part, rounded down, at least one. */
    public int stepsOf(int steps) {
        return Math.max(1, (int) (steps * strength));
    }

    /** The largest part around the centre, of picture and mask alike, that has the shape of this size. */
    StartImage framed(ImageSize size) {
        Raster part = picture.centre(size.width(), size.height());
        return part == picture
                ? this
                : new StartImage(part, sha256, strength, mask.map(whole -> whole.framed(picture, part)));
    }

    /**
     * The picture's own size, for a model that is trained for {@code trained}.
     *
     * @throws IllegalArgumentException if it has far more pixels than that
     */
    ImageSize sizeNear(ImageSize trained, int multiple) {
        double times = (double) picture.width() * picture.height() / ((double) trained.width() * trained.height());
        ImageSize own = new ImageSize(picture.width(), picture.height());
        if (times > MOST) {
            double scale = 1 / Math.sqrt(times);
            ImageSize fitting = new ImageSize(scaled(own.width(), scale), scaled(own.height(), scale));
            throw new IllegalArgumentException("the start picture has " + own + " pixels, this model is trained for "
                    + trained + "; choose a size to draw it in, such as " + fitting.nearest(multiple) + " (--size)");
        }
        return own;
    }

    private static int scaled(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }

    /** Copies the picture's pixels into an image of its size, outside the mask, if the mask says so. */
    void keepOutsideMask(BufferedImage image, Canvas canvas) {
        if (mask.isEmpty() || !mask.get().keep()) {
            return;
        }
        Raster original = canvas.fit(picture);
        byte[] anew = mask.get().on(canvas).samples();
        byte[] rgb = original.samples();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int i = y * original.width() + x;
                if (anew[i] == 0) {
                    image.setRGB(
                            x, y, (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF));
                }
            }
        }
    }

    /** How an image's settings name it. */
    StartSettings settings() {
        return new StartSettings(
                sha256,
                mask.map(InpaintingMask::sha256),
                mask.map(InpaintingMask::keep).orElse(false));
    }
}
