package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.vision.Normalization;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.util.List;

/**
 * Turns pictures into what ViLT reads, as transformers' {@code ViltImageProcessor}: the proportions stay about, the
 * shorter side is brought to one length unless the longer one would get too long, both are cut down to whole patches,
 * samples are scaled to 0..1 and normalised per channel, and smaller pictures of a batch are filled up with zeros.
 *
 * @param shortest length of the shorter side, in pixels
 * @param divisor both sides are multiples of it
 * @param resample the filter
 * @param normalization follows
 */
public record ViltImageProcessor(int shortest, int divisor, Resampling resample, Normalization normalization) {
    private static final int SHORTEST = 384; // Kim et al. 2021
    private static final int DIVISOR = 32; // the patch of every released ViLT
    private static final double LONGEST = 1333.0 / 800; // of the shorter side; Kim et al. 2021

    /** Checks the lengths. */
    public ViltImageProcessor {
        if (divisor < 1 || shortest < divisor) {
            throw new IllegalArgumentException("the shortest side must be at least size_divisor, which must be at least"
                    + " 1 pixel; got " + shortest + " and " + divisor);
        }
    }

    /**
     * Reads {@code preprocessor_config.json}, also of old files, where {@code size} is a number.
     *
     * @throws CheckpointException if it is another processor's, or a step is switched off
     */
    public static ViltImageProcessor of(Config config) {
        String type = config.text("image_processor_type", config.text("feature_extractor_type", ""));
        if (!type.replaceFirst("Fast$", "").matches("ViltImageProcessor|ViltFeatureExtractor")) {
            throw new CheckpointException(
                    config.origin() + ": \"image_processor_type\" must be ViltImageProcessor, got \"" + type + "\"");
        }
        if (!config.flag("do_resize", true)) {
            throw new CheckpointException(
                    config.origin() + ": \"do_resize\" is false; only processors that take this step are read");
        }
        boolean old = config.has("size") && config.json().get("size").isNumber();
        return new ViltImageProcessor(
                old
                        ? config.integer("size")
                        : config.has("size") ? config.object("size").integer("shortest_edge") : SHORTEST,
                config.integer("size_divisor", DIVISOR),
                Resampling.ofNumber(config.integer("resample", 3)), // transformers' default: bicubic
                Normalization.of(config));
    }

    /** A picture in its new size, to the pixel as transformers rounds. */
    public Raster resize(Raster picture) {
        double shorter = Math.min(picture.width(), picture.height());
        double longer = shortest / shorter * Math.max(picture.width(), picture.height());
        int longest = (int) (LONGEST * shortest);
        double shrink = longer > longest ? longest / longer : 1;
        int side = whole(shortest * shrink);
        int other = whole(longer * shrink);
        return picture.width() < picture.height()
                ? picture.resize(side, other, resample)
                : picture.resize(other, side, resample);
    }

    private int whole(double length) {
        int patches = (int) (length + 0.5) / divisor;
        if (patches == 0) {
            throw new IllegalArgumentException("the picture is too narrow: at the size that the model reads, one side"
                    + " would be " + (int) (length + 0.5) + " pixels, less than a patch of " + divisor + "; crop it");
        }
        return patches * divisor;
    }

    /** Several pictures, RGB, as one batch: each at the upper left, in a frame that holds the largest. */
    public PictureBatch apply(List<Raster> pictures) {
        return PictureBatch.framed(pictures.stream()
                .map(picture -> normalization.apply(resize(picture)))
                .toList());
    }
}
