package dev.hapax.run;

import dev.hapax.diffusion.InpaintingMask;
import dev.hapax.diffusion.StartImage;
import dev.hapax.learning.PictureFile;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that an image is to begin from.
 *
 * @param picture to begin from
 * @param mask white where the picture is to be painted anew; empty for all of it
 * @param strength which part of the steps is done on the picture, in (0, 1]; empty for {@link #STRENGTH}, or {@link
 *     #MASKED_STRENGTH} with a mask
 * @param keep whether the pixels outside the mask are copied from the picture in the end; needs a mask
 */
public record StartFiles(Path picture, Optional<Path> mask, Optional<Double> strength, boolean keep) {
    /** Of a variation that nobody asked otherwise for: the default of diffusers' image-to-image pipeline. */
    public static final double STRENGTH = 0.8;

    /** Of inpainting that nobody asked otherwise for: the default of diffusers' inpainting pipeline. */
    public static final double MASKED_STRENGTH = 1;

    /**
     * Reads them.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing, damaged or no picture
     * @throws IllegalArgumentException if the strength is out of range, the mask is transparent somewhere, or {@code
     *     keep} is asked for without a mask
     */
    public StartImage read() {
        if (keep && mask.isEmpty()) {
            throw new IllegalArgumentException("without a mask all of the picture " + picture
                    + " is painted anew, and no pixel can be kept; give a mask, or leave keep out");
        }
        PictureFile file = PictureFile.read(picture);
        Optional<InpaintingMask> part =
                mask.map(PictureFile::read).map(white -> InpaintingMask.of(white.image(), white.sha256(), keep));
        double done = strength.orElse(part.isPresent() ? MASKED_STRENGTH : STRENGTH);
        return new StartImage(Raster.of(file.image()), file.sha256(), done, part);
    }
}
