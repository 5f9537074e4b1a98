package dev.hapax.vision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;

/**
 * Turns a picture into what CLIP's image half reads, as transformers' {@code CLIPImageProcessor} and, with the same
 * steps, {@code BitImageProcessor} (DINOv2's): the shorter side is resized, the centre cut out, the samples scaled to
 * 0..1 and normalised per channel.
 *
 * @param shortestEdge the shorter side after resizing, in pixels
 * @param resample the filter
 * @param cropWidth width of the cut
 * @param cropHeight height of the cut
 * @param normalization the last step
 */
public record ClipImageProcessor(
        int shortestEdge, Resampling resample, int cropWidth, int cropHeight, Normalization normalization)
        implements ImageProcessor {

    /** Checks the sizes. */
    public ClipImageProcessor {
        if (shortestEdge < Math.max(cropWidth, cropHeight) || Math.min(cropWidth, cropHeight) < 1) {
            throw new IllegalArgumentException("a cut of " + cropWidth + " x " + cropHeight
                    + " does not fit pictures whose shorter side is " + shortestEdge);
        }
    }

    /**
     * Reads {@code preprocessor_config.json}.
     *
     * @throws CheckpointException if a step that CLIP needs is switched off, or a size is missing
     */
    public static ClipImageProcessor of(Config config) {
        Normalization.requireStep(config, "do_resize");
        Normalization.requireStep(config, "do_center_crop");
        return new ClipImageProcessor(
                side(config, "size", "shortest_edge"),
                Resampling.ofNumber(config.integer("resample", 3)),
                side(config, "crop_size", "width"),
                side(config, "crop_size", "height"),
                Normalization.of(config));
    }

    /** Sizes are objects in newer files and plain numbers in older ones. */
    static int side(Config config, String key, String inner) {
        JsonNode value = config.json().path(key);
        return value.isIntegralNumber() ? value.intValue() : config.object(key).integer(inner);
    }

    @Override
    public Tensor apply(Raster picture) {
        Raster resized = picture.resizeShorter(shortestEdge, resample);
        return normalization.apply(resized.crop(
                (resized.width() - cropWidth) / 2, (resized.height() - cropHeight) / 2, cropWidth, cropHeight));
    }
}
