package dev.hapax.picturebook.world;

/** Arithmetic on opaque colors held as 0xRRGGBB. */
public final class Rgb {

    private Rgb() {}

    /**
     * Mixes two colors.
     *
     * @param from the color at amount 0
     * @param to the color at amount 1
     * @param amount how far to go, in [0, 1]
     * @return the mixture
     */
    public static int mix(int from, int to, double amount) {
        return of(
                channel(from, 16) + amount * (channel(to, 16) - channel(from, 16)),
                channel(from, 8) + amount * (channel(to, 8) - channel(from, 8)),
                channel(from, 0) + amount * (channel(to, 0) - channel(from, 0)));
    }

    /**
     * Multiplies brightness.
     *
     * @param rgb the color
     * @param factor 1 leaves it alone
     * @return the scaled color, clipped to what can be shown
     */
    public static int scale(int rgb, double factor) {
        return of(channel(rgb, 16) * factor, channel(rgb, 8) * factor, channel(rgb, 0) * factor);
    }

    /**
     * Converts from hue, saturation and lightness.
     *
     * @param hue in turns, any real number
     * @param saturation clipped to [0, 1]
     * @param lightness clipped to [0, 1]
     * @return the color
     */
    public static int ofHsl(double hue, double saturation, double lightness) {
        double light = clip(lightness);
        double reach = clip(saturation) * Math.min(light, 1 - light);
        return of(
                255 * hslChannel(0, hue, light, reach),
                255 * hslChannel(8, hue, light, reach),
                255 * hslChannel(4, hue, light, reach));
    }

    /**
     * Converts to hue, saturation and lightness.
     *
     * @param rgb the color
     * @return hue in turns, saturation and lightness, all in [0, 1]
     */
    public static double[] toHsl(int rgb) {
        double r = channel(rgb, 16) / 255.0;
        double g = channel(rgb, 8) / 255.0;
        double b = channel(rgb, 0) / 255.0;
        double max = Math.max(r, Math.max(g, b));
        double min = Math.min(r, Math.min(g, b));
        double light = (max + min) / 2;
        double span = max - min;
        if (span == 0) {
            return new double[] {0, 0, light};
        }
        double sixth = max == r ? (g - b) / span + 6 : max == g ? (b - r) / span + 2 : (r - g) / span + 4;
        return new double[] {sixth / 6 % 1, span / (1 - Math.abs(2 * light - 1)), light};
    }

    /**
     * Tells how different two colors look.
     *
     * @param a a color
     * @param b another color
     * @return their distance in CIELAB
     */
    public static double distance(int a, int b) {
        double[] left = lab(a);
        double[] right = lab(b);
        return Math.sqrt(square(left[0] - right[0]) + square(left[1] - right[1]) + square(left[2] - right[2]));
    }

    private static double[] lab(int rgb) {
        double r = linear(channel(rgb, 16));
        double g = linear(channel(rgb, 8));
        double b = linear(channel(rgb, 0));
        double x = Math.cbrt((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505 + 1e-4);
        double y = Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b + 1e-4);
        double z = Math.cbrt((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089 + 1e-4);
        return new double[] {116 * y, 500 * (x - y), 200 * (y - z)};
    }

    private static double hslChannel(int n, double hue, double light, double reach) {
        double k = (n + 12 * (hue - Math.floor(hue))) % 12;
        return light - reach * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
    }

    private static double linear(int channel) {
        return Math.pow(channel / 255.0, 2.2);
    }

    private static int of(double r, double g, double b) {
        return round(r) << 16 | round(g) << 8 | round(b);
    }

    private static int round(double channel) {
        return (int) Math.max(0, Math.min(255, Math.rint(channel)));
    }

    private static int channel(int rgb, int shift) {
        return rgb >> shift & 0xFF;
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private static double square(double value) {
        return value * value;
    }
}
