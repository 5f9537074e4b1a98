package dev.hapax.picturebook.world;

import java.util.SplittableRandom;

/**
 * Draws looks: a color around its name, a second tone that stands apart from it, uniform proportions, and details of
 * which two in three wear no trim.
 */
final class LookSampler {

    private static final int CREAM = 0xFFF3DA;
    private static final int INK = 0x2A2438;
    private static final double CLEARLY_OWN = 0.62;
    private static final double CLEARLY_APART = 30;
    private static final double TRIMMED = 0.35;
    private static final int TRIES = 40;

    Look sample(SplittableRandom random, ColorName color, Pattern pattern) {
        int rgb = around(random, color);
        Knobs knobs = new Knobs(random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble());
        return new Look(color, rgb, second(random, rgb), pattern, knobs, details(random));
    }

    private static Details details(SplittableRandom random) {
        Trim trim = random.nextDouble() >= TRIMMED
                ? Trim.NONE
                : Trim.values()[1 + random.nextInt(Trim.values().length - 1)];
        return new Details(
                Cut.values()[random.nextInt(Cut.values().length)],
                Eyes.values()[random.nextInt(Eyes.values().length)],
                trim,
                1 + random.nextInt(3));
    }

    private static int around(SplittableRandom random, ColorName color) {
        double[] hsl = Rgb.toHsl(color.rgb());
        for (int i = 0; i < TRIES; i++) {
            int rgb = Rgb.ofHsl(
                    hsl[0] + random.nextDouble(-0.03, 0.03),
                    hsl[1] * random.nextDouble(0.7, 1.25),
                    hsl[2] + random.nextDouble(-0.12, 0.12));
            if (isClearly(color, rgb)) {
                return rgb;
            }
        }
        return color.rgb();
    }

    private static boolean isClearly(ColorName color, int rgb) {
        double own = Rgb.distance(rgb, color.rgb());
        for (ColorName other : ColorName.values()) {
            if (other != color && own > CLEARLY_OWN * Rgb.distance(rgb, other.rgb())) {
                return false;
            }
        }
        return true;
    }

    private static int second(SplittableRandom random, int rgb) {
        for (int i = 0; i < TRIES; i++) {
            int tone = tone(random, rgb);
            if (Rgb.distance(rgb, tone) >= CLEARLY_APART) {
                return tone;
            }
        }
        return Rgb.distance(rgb, CREAM) > CLEARLY_APART ? CREAM : Rgb.mix(rgb, INK, 0.5);
    }

    private static int tone(SplittableRandom random, int rgb) {
        double[] hsl = Rgb.toHsl(rgb);
        return switch (random.nextInt(3)) {
            case 0 -> Rgb.mix(rgb, CREAM, random.nextDouble(0.5, 0.9));
            case 1 -> Rgb.mix(rgb, INK, random.nextDouble(0.3, 0.6));
            default ->
                Rgb.ofHsl(
                        hsl[0] + random.nextDouble(0.35, 0.65),
                        random.nextDouble(0.3, 0.6),
                        random.nextDouble(0.72, 0.86));
        };
    }
}
