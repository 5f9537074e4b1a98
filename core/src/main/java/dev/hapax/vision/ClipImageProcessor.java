package dev.hapax.vision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Turns a picture into what CLIP's image half reads, as transformers' {@code CLIPImageProcessor}: the shorter side is
 * resized, the centre cut out, the samples scaled to 0..1 and normalised per channel.
 *
 * @param shortestEdge the shorter side after resizing, in pixels
 * @param resample the filter
 * @param cropWidth width of the cut
 * @param cropHeight height of the cut
 * @param mean subtracted from each channel (of samples from 0 to 1)
 * @param std each channel is divided by this
 */
public record ClipImageProcessor(
        int shortestEdge, Resampling resample, int cropWidth, int cropHeight, List<Double> mean, List<Double> std) {
    private static final double MAX_SAMPLE = 255;

    /** Checks the sizes and that there are three channels. */
    public ClipImageProcessor {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (shortestEdge < Math.max(cropWidth, cropHeight) || Math.min(cropWidth, cropHeight) < 1) {
            throw new IllegalArgumentException("a cut of " + cropWidth + " x " + cropHeight
                    + " does not fit pictures whose shorter side is " + shortestEdge);
        }
        if (mean.size() != 3 || std.size() != 3) {
            throw new IllegalArgumentException("image_mean and image_std need three numbers, got " + mean + ", " + std);
        }
    }

    /**
     * Reads {@code preprocessor_config.json}.
     *
     * @throws CheckpointException if a step that CLIP needs is switched off, or a size is missing
     */
    public static ClipImageProcessor of(Config config) {
        for (String step : List.of("do_resize", "do_center_crop", "do_rescale", "do_normalize")) {
            if (!config.flag(step, true)) {
                throw new CheckpointException(config.origin() + ": \"" + step + "\" is false; only processors that"
                        + " resize, cut, scale and normalise are read");
            }
        }
        double factor = config.number("rescale_factor", 1 / MAX_SAMPLE);
        if (Math.abs(factor * MAX_SAMPLE - 1) > 1e-6) {
            throw new CheckpointException(config.origin() + ": \"rescale_factor\" must be 1/255, got " + factor);
        }
        return new ClipImageProcessor(
                side(config, "size", "shortest_edge"),
                Resampling.ofNumber(config.integer("resample", 3)),
                side(config, "crop_size", "width"),
                side(config, "crop_size", "height"),
                config.numbers("image_mean"),
                config.numbers("image_std"));
    }

    /** Sizes are objects in newer files and plain numbers in older ones. */
    private static int side(Config config, String key, String inner) {
        JsonNode value = config.json().path(key);
        return value.isIntegralNumber() ? value.intValue() : config.object(key).integer(inner);
    }

    /** A picture (RGB) as (1, 3, height, width), fp32. */
    public Tensor apply(Raster picture) {
        boolean tall = picture.width() <= picture.height();
        int shorter = Math.min(picture.width(), picture.height());
        int longer = Math.max(picture.width(), picture.height());
        int longEdge = (int) ((long) shortestEdge * longer / shorter); // cut off, not rounded
        Raster resized = picture.resize(tall ? shortestEdge : longEdge, tall ? longEdge : shortestEdge, resample);
        Raster cut = resized.crop(
                (resized.width() - cropWidth) / 2, (resized.height() - cropHeight) / 2, cropWidth, cropHeight);
        return cut.toTensor() // (3, height, width)
                .over(MAX_SAMPLE)
                .minus(perChannel(mean))
                .over(perChannel(std))
                .unsqueeze(0);
    }

    private static Tensor perChannel(List<Double> values) {
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i).floatValue();
        }
        return Tensor.of(numbers, numbers.length, 1, 1);
    }
}
