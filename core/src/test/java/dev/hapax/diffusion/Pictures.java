package dev.hapax.diffusion;

import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;

/** Small pictures for tests. */
final class Pictures {
    private Pictures() {}

    /** Many colours that change gently, so that an autoencoder of random weights is not the same everywhere. */
    static BufferedImage colourful(int width, int height) {
        return of(width, height, (x, y) -> (x * 255 / width) << 16 | (y * 255 / height) << 8 | (x * 37 + y * 91) % 256);
    }

    /** White from column {@code from} to column {@code to}, which is black again; the rest is black. */
    static BufferedImage mask(int width, int height, int from, int to) {
        return of(width, height, (x, y) -> x >= from && x < to ? 0xFFFFFF : 0);
    }

    static BufferedImage of(int width, int height, IntBinaryOperator rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb.applyAsInt(x, y));
            }
        }
        return image;
    }
}
