package dev.hapax.vision;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;

/**
 * Turns a picture into what a vision transformer reads, as transformers' {@code ViTImageProcessor} and {@code
 * BlipImageProcessor}: the whole picture is brought to one width and height, whatever its own, the samples scaled to 0..1 and normalised per channel.
 *
 * @param width after resizing, in pixels
 * @param height after resizing, in pixels
 * @param resample the filter
 * @param normalization the last step
 */
public record VitImageProcessor(int width, int height, Resampling resample, Normalization normalization)
        implements ImageProcessor {

    /** Checks the sizes. */
    public VitImageProcessor {
        if (Math.min(width, height) < 1) {
            throw new IllegalArgumentException("pictures cannot be resized to " + width + " x " + height);
        }
    }

    /**
     * Reads {@code preprocessor_config.json}.
     *
     * @throws CheckpointException if a step is switched off, or the size is missing
     */
    public static VitImageProcessor of(Config config) {
        return of(config, Resampling.BILINEAR); // transformers' default
    }

    /** The same, with the filter of a file that names none. */
    static VitImageProcessor of(Config config, Resampling otherwise) {
        Normalization.requireStep(config, "do_resize");
        return new VitImageProcessor(
                ClipImageProcessor.side(config, "size", "width"),
                ClipImageProcessor.side(config, "size", "height"),
                config.has("resample") ? Resampling.ofNumber(config.integer("resample")) : otherwise,
                Normalization.of(config));
    }

    @Override
    public Tensor apply(Raster picture) {
        return normalization.apply(picture.resize(width, height, resample));
    }
}
