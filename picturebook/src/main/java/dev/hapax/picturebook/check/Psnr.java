package dev.hapax.picturebook.check;

import java.awt.image.BufferedImage;

/** Peak signal-to-noise ratio of pictures of 8 bits per channel. */
final class Psnr {
    private static final double PEAK = 255;

    private Psnr() {}

    /**
     * {@code 10 log10(255^2 / mean squared error)} over all pixels and channels, in decibels; infinite for equal pictures.
     *
     * @throws IllegalArgumentException if the pictures differ in size
     */
    static double of(BufferedImage one, BufferedImage other) {
        int width = one.getWidth();
        int height = one.getHeight();
        if (width != other.getWidth() || height != other.getHeight()) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " and one of "
                    + other.getWidth() + "x" + other.getHeight() + " cannot be compared");
        }
        int[] a = one.getRGB(0, 0, width, height, null, 0, width);
        int[] b = other.getRGB(0, 0, width, height, null, 0, width);
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int difference = (a[i] >> shift & 0xFF) - (b[i] >> shift & 0xFF);
                squares += difference * difference;
            }
        }
        return 10 * Math.log10(PEAK * PEAK / (squares / (3.0 * a.length)));
    }
}
