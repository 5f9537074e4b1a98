package dev.hapax.vision.detect;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.vision.Normalization;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.util.List;

/**
 * Turns pictures into what DETR reads, as transformers' {@code DetrImageProcessor}: the proportions stay, the shorter
 * side is brought to one length unless the longer one would get too long, samples are scaled to 0..1 and normalised per
 * channel, and smaller pictures of a batch are filled up with zeros.
 *
 * @param shortest length of the shorter side, in pixels
 * @param longest what the longer side must not exceed, in pixels
 * @param resample the filter
 * @param normalization follows
 */
public record DetrImageProcessor(int shortest, int longest, Resampling resample, Normalization normalization) {
    private static final int SHORTEST = 800; // Carion et al. 2020, section 4
    private static final int LONGEST = 1333;

    /**
     * A picture's size.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public record Size(int width, int height) {}

    /** Checks the lengths. */
    public DetrImageProcessor {
        if (shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException("the longest side must be at least the shortest, which must be at least"
                    + " 1 pixel; got " + longest + " and " + shortest);
        }
    }

    /**
     * Reads {@code preprocessor_config.json}, also of old files, where {@code size} is a number and {@code max_size}
     * stands beside it.
     *
     * @throws CheckpointException if it is another processor's, or a step is switched off
     */
    public static DetrImageProcessor of(Config config) {
        String type = config.text("image_processor_type", config.text("feature_extractor_type", ""));
        if (!type.replaceFirst("Fast$", "").matches("DetrImageProcessor|DetrFeatureExtractor")) {
            throw new CheckpointException(
                    config.origin() + ": \"image_processor_type\" must be DetrImageProcessor, got \"" + type + "\"");
        }
        if (!config.flag("do_resize", true)) {
            throw new CheckpointException(
                    config.origin() + ": \"do_resize\" is false; only processors that take this" + " step are read");
        }
        boolean old = config.has("size") && config.json().get("size").isNumber();
        Config size = old ? config : config.has("size") ? config.object("size") : Config.of(java.util.Map.of());
        return new DetrImageProcessor(
                size.integer(old ? "size" : "shortest_edge", SHORTEST),
                size.integer(old ? "max_size" : "longest_edge", LONGEST),
                Resampling.ofNumber(config.integer("resample", 2)), // transformers' default: bilinear
                Normalization.of(config));
    }

    /** The size to which a picture of this size is brought, to the pixel as transformers rounds. */
    public Size size(Size picture) {
        double shorter = Math.min(picture.width(), picture.height());
        double longer = Math.max(picture.width(), picture.height());
        double exact = longer / shorter * shortest > longest ? longest * shorter / longer : shortest;
        int side = (int) Math.rint(exact);
        if (side == shorter) {
            return picture;
        }
        int other = (int) (exact * longer / shorter);
        return picture.width() < picture.height() ? new Size(side, other) : new Size(other, side);
    }

    /** A picture in its new size. */
    public Raster resize(Raster picture) {
        Size size = size(new Size(picture.width(), picture.height()));
        return picture.resize(size.width(), size.height(), resample);
    }

    /** Several pictures, RGB, as one batch: each at the upper left, in a frame that holds the largest. */
    public PictureBatch apply(List<Raster> pictures) {
        return PictureBatch.framed(pictures.stream()
                .map(picture -> normalization.apply(resize(picture)))
                .toList());
    }
}
