package dev.hapax.vision;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * The last step of every image processor: samples from 0..255 to 0..1, and then each channel less its mean and over its
 * standard deviation.
 *
 * @param mean subtracted from each channel (of samples from 0 to 1)
 * @param std each channel is divided by this
 */
public record Normalization(List<Double> mean, List<Double> std) {
    /** Mean and deviation of the photographs of ImageNet, as torchvision's and DINO's pretrained models expect them. */
    public static final Normalization IMAGE_NET =
            new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    private static final double MAX_SAMPLE = 255;

    /** Checks that there are three channels. */
    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3) {
            throw new IllegalArgumentException("image_mean and image_std need three numbers, got " + mean + ", " + std);
        }
    }

    /**
     * Reads {@code image_mean}, {@code image_std} and {@code rescale_factor} of a {@code preprocessor_config.json}.
     *
     * @throws CheckpointException if samples are not to be scaled by 1/255 or not to be normalised
     */
    public static Normalization of(Config config) {
        requireStep(config, "do_rescale");
        requireStep(config, "do_normalize");
        double factor = config.number("rescale_factor", 1 / MAX_SAMPLE);
        if (Math.abs(factor * MAX_SAMPLE - 1) > 1e-6) {
            throw new CheckpointException(config.origin() + ": \"rescale_factor\" must be 1/255, got " + factor);
        }
        return new Normalization(config.numbers("image_mean"), config.numbers("image_std"));
    }

    /** Refuses a configuration that switches {@code step} off. */
    static void requireStep(Config config, String step) {
        if (!config.flag(step, true)) {
            throw new CheckpointException(
                    config.origin() + ": \"" + step + "\" is false; only processors that take" + " this step are read");
        }
    }

    /** A picture (RGB) as (1, 3, height, width), fp32. */
    public Tensor apply(Raster picture) {
        return picture.toTensor() // (3, height, width)
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
