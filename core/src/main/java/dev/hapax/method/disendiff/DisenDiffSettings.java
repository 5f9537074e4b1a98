package dev.hapax.method.disendiff;

import dev.hapax.attention.MapLevel;

/**
 * Which of DisenDiff's attention losses act, and how strongly.
 *
 * @param bindWeight of L_bind; 0 switches it off
 * @param separateWeight of L_s&amp;s; 0 switches it off
 * @param smooth whether maps are smoothed before they are compared
 * @param suppressions how often the maps of classes are multiplied by themselves, 0 to 2
 */
public record DisenDiffSettings(double bindWeight, double separateWeight, boolean smooth, int suppressions) {
    /**
     * What the authors' configuration comes to. They have 0.01 beside a denoising loss that comes out four times the mean
     * squared error (its mask is counted for one channel of four), on batches of 2 drawn from as many pictures as
     * regularising ones: a quarter of the batches shows no word and skips the attention losses. In expectation their sum
     * is {@code 2 picture + 2 regularising + 0.0075 attention}, with {@code picture} and {@code regularising} the mean
     * squared errors; ours is {@code picture + regularising + weight * attention}.
     */
    public static final double ATTENTION_WEIGHT = 0.01 * 0.75 / 2;

    /** The maps that are compared: those of 16 x 16 of Stable Diffusion at 512 pixels, and of the same layers at others. */
    public static final MapLevel MAPS = MapLevel.LOWEST_DOWN;

    /** As the authors ship it. */
    public static final DisenDiffSettings SHIPPED = new DisenDiffSettings(ATTENTION_WEIGHT, ATTENTION_WEIGHT, true, 1);

    /** Checks the ranges. */
    public DisenDiffSettings {
        if (!(bindWeight >= 0) || !(separateWeight >= 0) || suppressions < 0 || suppressions > 2) {
            throw new IllegalArgumentException("the weights of DisenDiff's losses must be >= 0 and suppressions 0, 1 or"
                    + " 2, got " + bindWeight + ", " + separateWeight + " and " + suppressions);
        }
    }

    /** The same with other weights. */
    public DisenDiffSettings withWeights(double bind, double separate) {
        return new DisenDiffSettings(bind, separate, smooth, suppressions);
    }

    /** The same with maps shaped otherwise. */
    public DisenDiffSettings withMaps(boolean smoothed, int squared) {
        return new DisenDiffSettings(bindWeight, separateWeight, smoothed, squared);
    }
}
