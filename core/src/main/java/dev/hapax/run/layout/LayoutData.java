package dev.hapax.run.layout;

import dev.hapax.diffusion.Progress;
import dev.hapax.layout.PairLayout;
import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.Detector;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Draws images of pairs and looks where in them the two things are (Zhang et al. 2024: images by the model itself, boxes
 * by DETR).
 *
 * @param images what is drawn
 * @param detector what looks
 * @param score below which a find does not count, in [0, 1]
 */
public record LayoutData(PairImages images, Detector detector, double score) {
    /** The least score of a find: the authors' evaluation. */
    public static final double SCORE = 0.8;

    private static final int AT_ONCE = 8; // images between two looks at whether to stop

    /**
     * Checks that the detector knows the nouns.
     *
     * @throws IllegalArgumentException if not
     */
    public LayoutData {
        List<String> unknown = images.prompts().nouns().stream()
                .filter(noun -> !detector.labels().contains(noun))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the detector does not know " + String.join(", ", unknown)
                    + "; it knows " + String.join(", ", detector.labels()));
        }
    }

    /**
     * Fills a file up to a number of images.
     *
     * @param until how many images the file shall hold
     * @param progress hears of every step of those that are drawn
     * @param done hears of each image
     * @param stop asked between some images and the next
     * @return whether all are there
     */
    public boolean fill(BoxesFile file, long until, Progress progress, Consumer<SeenPair> done, BooleanSupplier stop) {
        for (long first = file.pairs().size();
                first < until;
                first = file.pairs().size()) {
            if (stop.getAsBoolean()) {
                return false;
            }
            int count = (int) Math.min(AT_ONCE, until - first);
            images.images(first, count, progress).entrySet().stream()
                    .map(this::look)
                    .forEach(seen -> {
                        file.add(seen);
                        done.accept(seen);
                    });
        }
        return true;
    }

    private SeenPair look(Map.Entry<Long, BufferedImage> image) {
        PairPrompts.Pair pair = images.pair(image.getKey());
        Optional<PairLayout> layout =
                PairLayout.of(pair.first(), pair.second(), detector.detect(Raster.of(image.getValue()), score));
        return new SeenPair(image.getKey(), pair.first(), pair.second(), layout);
    }
}
