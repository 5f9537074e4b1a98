package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Rgb;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Square tiles over a picture, sixteen to a side. */
final class Tiling {

    private static final int TILES = 16;
    private static final int GROUT = 0xF2ECDF;
    private static final double GROUT_SHARE = 0.2;
    private static final double DARKEST = 0.95;
    private static final double LIGHTEST = 1.04;

    private final int[] pixels;
    private final int size;

    Tiling(BufferedImage image) {
        pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        size = image.getWidth();
    }

    /** Gives every tile one color, the mean of what was there. */
    void average() {
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                average(edge(row), edge(column), edge(row + 1), edge(column + 1));
            }
        }
    }

    /** Makes every tile a little lighter or darker than its neighbours, with a pale joint between them. */
    void shade(SplittableRandom random) {
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                double factor = random.nextDouble(DARKEST, LIGHTEST);
                shade(edge(row), edge(column), edge(row + 1), edge(column + 1), factor);
            }
        }
    }

    private void average(int top, int left, int bottom, int right) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int rgb = pixels[y * size + x];
                red += rgb >> 16 & 0xFF;
                green += rgb >> 8 & 0xFF;
                blue += rgb & 0xFF;
            }
        }
        int count = (bottom - top) * (right - left);
        int mean = (int) (red / count) << 16 | (int) (green / count) << 8 | (int) (blue / count);
        for (int y = top; y < bottom; y++) {
            Arrays.fill(pixels, y * size + left, y * size + right, mean);
        }
    }

    private void shade(int top, int left, int bottom, int right, double factor) {
        int joint = Math.max(1, size / 110);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int shaded = Rgb.scale(pixels[y * size + x], factor);
                boolean grout = y >= bottom - joint || x >= right - joint;
                pixels[y * size + x] = grout ? Rgb.mix(shaded, GROUT, GROUT_SHARE) : shaded;
            }
        }
    }

    private int edge(int index) {
        return index * size / TILES;
    }
}
