package dev.hapax.vae;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Between pictures of 8 bits per channel and tensors (b, 3, h, w) in [-1, 1], red first, as diffusers'
 * {@code VaeImageProcessor} converts them. Needs no display.
 */
public final class ImageTensor {
    private static final int CHANNELS = 3;
    private static final int MAX = 255;

    private ImageTensor() {}

    /** A picture as (1, 3, h, w), fp32: {@code 2 v / 255 - 1}. Transparency is dropped, grey fills all channels. */
    public static Tensor of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] colours = colours(image);
        float[] values = new float[CHANNELS * colours.length];
        for (int channel = 0; channel < CHANNELS; channel++) {
            int shift = 8 * (CHANNELS - 1 - channel); // 0xRRGGBB
            for (int i = 0; i < colours.length; i++) {
                values[channel * colours.length + i] = ((colours[i] >> shift) & MAX) / (float) MAX * 2 - 1;
            }
        }
        return Tensor.of(values, 1, CHANNELS, height, width);
    }

    /** Pictures of one size as (b, 3, h, w), fp32. */
    public static Tensor of(List<BufferedImage> images) {
        return Scope.run(() -> Tensor.cat(images.stream().map(ImageTensor::of).toList(), 0));
    }

    /**
     * (b, 3, h, w) as b pictures: {@code round(255 clamp(x / 2 + 1/2, 0, 1))}, halves to even.
     *
     * @throws IllegalArgumentException if the tensor has another number of axes or channels, or values that are no numbers
     */
    public static List<BufferedImage> toImages(Tensor images) {
        if (images.rank() != 4 || images.size(1) != CHANNELS) {
            throw new IllegalArgumentException(
                    "images must be (b, " + CHANNELS + ", h, w), got " + Arrays.toString(images.shape()));
        }
        float[] levels = levels(images);
        requireNumbers(levels);
        int height = Math.toIntExact(images.size(2));
        int width = Math.toIntExact(images.size(3));
        List<BufferedImage> pictures = new ArrayList<>();
        for (int b = 0; b < images.size(0); b++) {
            pictures.add(picture(levels, b * CHANNELS * height * width, height, width));
        }
        return pictures;
    }

    private static float[] levels(Tensor images) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor unit = images.to(DType.FLOAT32).times(0.5).plus(0.5).clamp(0, 1);
            return unit.times(MAX).round().toFloats();
        }
    }

    private static void requireNumbers(float[] levels) {
        int missing = 0;
        for (float level : levels) {
            missing += Float.isNaN(level) ? 1 : 0;
        }
        if (missing > 0) {
            throw new IllegalArgumentException(
                    missing + " of the picture's " + levels.length
                            + " values are no numbers (NaN); draw it with another sampler or, if the model runs in 16 bits, in fp32");
        }
    }

    private static BufferedImage picture(float[] levels, int start, int height, int width) {
        int pixels = height * width;
        int[] colours = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                colours[i] = colours[i] << 8 | (int) levels[start + channel * pixels + i];
            }
        }
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, width, height, colours, 0, width);
        return picture;
    }

    /** 0xRRGGBB for each pixel, row by row. */
    private static int[] colours(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && !(image.getColorModel() instanceof IndexColorModel);
        if (!grey) {
            return image.getRGB(0, 0, width, height, null, 0, width);
        }
        // getRGB takes grey for linear light and would brighten it; the sRGB levels of a file are wanted unchanged
        int[] levels = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        int bits = image.getColorModel().getComponentSize(0);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (int) Math.rint(levels[i] * (double) MAX / ((1 << bits) - 1)) * 0x010101;
        }
        return levels;
    }
}
