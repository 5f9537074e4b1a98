package dev.hapax.method.conceptlab;

/**
 * Between which cosines there is something to learn. They differ from space to space; {@link Calibration} measures them.
 *
 * @param ceiling what a word resembles this much, it resembles enough
 * @param floor what a word resembles no more than this, it is different enough from
 */
public record Thresholds(double ceiling, double floor) {
    /** For things in the space of CLIP ViT-L/14 through Kandinsky 2.1's prior (authors' configuration). */
    public static final Thresholds THINGS = new Thresholds(0.28, 0.20);

    /** For styles there (authors' {@code new_art.yaml}). */
    public static final Thresholds STYLES = new Thresholds(0.28, 0.15);

    /** Checks that they are cosines. */
    public Thresholds {
        if (!(Math.abs(ceiling) <= 1 && Math.abs(floor) <= 1)) {
            throw new IllegalArgumentException(
                    "thresholds are cosines in [-1, 1], got " + ceiling + " and " + floor + "; usual are 0.28 and 0.2");
        }
    }
}
