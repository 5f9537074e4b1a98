package dev.hapax.measure;

import java.awt.image.BufferedImage;

/**
 * The part of a picture that shows one thing: the square around its mask with a margin, as far as the picture goes. The
 * pixels of other things in it take the mean colour of the surroundings, so that a crop shows one thing only.
 */
public final class ThingCrop {
    private static final double MARGIN = 0.1; // of the longer side of the box, all around; our choice

    private ThingCrop() {}

    /**
     * Cuts a thing out.
     *
     * @param thing its pixels, at least one
     * @param others the pixels of all other things
     */
    public static BufferedImage of(BufferedImage picture, PixelMask thing, PixelMask others) {
        int left = picture.getWidth();
        int top = picture.getHeight();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < thing.height(); y++) {
            for (int x = 0; x < thing.width(); x++) {
                if (thing.at(x, y)) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        if (right == 0) {
            throw new IllegalArgumentException("the mask is empty: there is nothing to cut out");
        }
        int side = (int) Math.ceil(Math.max(right - left, bottom - top) * (1 + 2 * MARGIN));
        side = Math.min(side, Math.min(picture.getWidth(), picture.getHeight()));
        int x0 = within((left + right - side) / 2, picture.getWidth() - side);
        int y0 = within((top + bottom - side) / 2, picture.getHeight() - side);
        int filling = meanOf(picture, thing, others);
        BufferedImage crop = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                crop.setRGB(x, y, others.at(x0 + x, y0 + y) ? filling : picture.getRGB(x0 + x, y0 + y));
            }
        }
        return crop;
    }

    private static int within(int value, int most) {
        return Math.max(0, Math.min(value, most));
    }

    private static int meanOf(BufferedImage picture, PixelMask thing, PixelMask others) {
        long[] sums = new long[3];
        long count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (!thing.at(x, y) && !others.at(x, y)) {
                    count++;
                    for (int c = 0; c < sums.length; c++) {
                        sums[c] += (picture.getRGB(x, y) >> (16 - 8 * c)) & 0xFF;
                    }
                }
            }
        }
        int rgb = 0;
        for (long sum : sums) {
            rgb = rgb << 8 | (int) (sum / Math.max(1, count));
        }
        return rgb;
    }
}
