package dev.hapax.vision;

/**
 * A color in CIELAB under the white of daylight D65.
 *
 * @param l lightness, 0 (black) to 100 (white)
 * @param a from green to red
 * @param b from blue to yellow
 */
public record Lab(double l, double a, double b) {
    private static final double MAX_SAMPLE = 255;
    private static final double[] WHITE = {0.95047, 1, 1.08883}; // D65, as sRGB has it
    private static final double EPSILON = 216.0 / 24389; // CIE 15:2004
    private static final double KAPPA = 24389.0 / 27;
    private static final double SEVENTH = Math.pow(25, 7);

    /** The color of 8-bit sRGB samples (IEC 61966-2-1). */
    public static Lab ofRgb(int red, int green, int blue) {
        double r = linear(red);
        double g = linear(green);
        double b = linear(blue);
        double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
        double y = f((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / WHITE[1]);
        double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE[2]);
        return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double linear(int sample) {
        double s = sample / MAX_SAMPLE;
        return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
    }

    /** How different two colors look: CIEDE2000 (Sharma, Wu and Dalal 2005, equations 2 to 22), all weights 1. */
    public double difference(Lab other) {
        double meanChroma = (Math.hypot(a, b) + Math.hypot(other.a, other.b)) / 2;
        double stretch = 1 + (1 - root7(meanChroma)) / 2;
        double a1 = a * stretch;
        double a2 = other.a * stretch;
        double c1 = Math.hypot(a1, b);
        double c2 = Math.hypot(a2, other.b);
        double h1 = hue(a1, b);
        double h2 = hue(a2, other.b);
        boolean grey = c1 * c2 == 0;

        double dh = grey ? 0 : Math.IEEEremainder(h2 - h1, 360);
        double dL = other.l - l;
        double dC = c2 - c1;
        double dH = 2 * Math.sqrt(c1 * c2) * sin(dh / 2);

        double light = (l + other.l) / 2;
        double chroma = (c1 + c2) / 2;
        double hue = meanHue(h1, h2, grey);
        double t = 1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.20 * cos(4 * hue - 63);
        double far = (light - 50) * (light - 50);
        double lightness = dL / (1 + 0.015 * far / Math.sqrt(20 + far));
        double chromatic = dC / (1 + 0.045 * chroma);
        double tint = dH / (1 + 0.015 * chroma * t);
        double turn = 30 * Math.exp(-Math.pow((hue - 275) / 25, 2));
        double rotation = -2 * root7(chroma) * sin(2 * turn);
        return Math.sqrt(lightness * lightness + chromatic * chromatic + tint * tint + rotation * chromatic * tint);
    }

    private static double root7(double chroma) {
        double power = Math.pow(chroma, 7);
        return Math.sqrt(power / (power + SEVENTH));
    }

    private static double hue(double a, double b) {
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double meanHue(double h1, double h2, boolean grey) {
        if (grey) {
            return h1 + h2;
        }
        double mean = (h1 + h2) / 2;
        return Math.abs(h1 - h2) <= 180 ? mean : mean < 180 ? mean + 180 : mean - 180;
    }

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
