package dev.hapax.vision;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;

/**
 * A picture of 8-bit samples, top row first, the channels of a pixel side by side.
 *
 * @param width pixels
 * @param height pixels
 * @param channels samples per pixel: 1 grey, 3 RGB
 * @param samples unsigned, height * width * channels of them
 */
@SuppressWarnings("ArrayRecordComponent") // pictures are compared by their samples only in tests
public record Raster(int width, int height, int channels, byte[] samples) {
    private static final int RGB = 3;
    private static final double MAX_SAMPLE = 255;
    private static final int[] LIGHT = {19595, 38470, 7471}; // of ITU-R BT.601, in 2^16ths

    /** Checks that the sizes are positive and the samples fill them. */
    public Raster {
        if (width < 1 || height < 1 || channels < 1 || samples.length != width * height * channels) {
            throw new IllegalArgumentException(samples.length + " samples do not fill a picture of " + width + " x "
                    + height + " pixels with " + channels + " channels");
        }
    }

    /** A picture in RGB as it is shown: transparent parts on white, a grey one with three equal channels. */
    public static Raster of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] samples = new byte[width * height * RGB];
        ColorModel colours = image.getColorModel();
        if (colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY && colours.getNumComponents() == 1) {
            // Java takes grey for linear light and would brighten it; the levels of the file are wanted unchanged
            int[] levels = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
            double most = (1L << colours.getComponentSize(0)) - 1;
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) Math.round(levels[i / RGB] * MAX_SAMPLE / most);
            }
            return new Raster(width, height, RGB, samples);
        }
        BufferedImage shown = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = shown.createGraphics();
        canvas.drawImage(image, 0, 0, Color.WHITE, null);
        canvas.dispose();
        int[] pixels = shown.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (pixels[i / RGB] >> (8 * (RGB - 1 - i % RGB))); // 0xRRGGBB
        }
        return new Raster(width, height, RGB, samples);
    }

    /** Resized to the given width and height, sample for sample as Pillow does it. */
    public Raster resize(int toWidth, int toHeight, Resampling filter) {
        if (toWidth < 1 || toHeight < 1) {
            throw new IllegalArgumentException("a picture cannot be resized to " + toWidth + " x " + toHeight);
        }
        return filter == Resampling.NEAREST ? nearest(toWidth, toHeight) : filtered(toWidth, toHeight, filter);
    }

    /** Resized so that the shorter side has {@code side} pixels, the longer in proportion, cut off to whole pixels. */
    public Raster resizeShorter(int side, Resampling filter) {
        int shorter = Math.min(width, height);
        int longer = (int) ((long) side * Math.max(width, height) / shorter);
        return width <= height ? resize(side, longer, filter) : resize(longer, side, filter);
    }

    private Raster nearest(int toWidth, int toHeight) {
        byte[] result = new byte[toWidth * toHeight * channels];
        for (int y = 0; y < toHeight; y++) {
            int fromY = (int) ((y + 0.5) * height / toHeight);
            for (int x = 0; x < toWidth; x++) {
                int fromX = (int) ((x + 0.5) * width / toWidth);
                System.arraycopy(samples, index(fromX, fromY), result, (y * toWidth + x) * channels, channels);
            }
        }
        return new Raster(toWidth, toHeight, channels, result);
    }

    /** Rows first, then columns; each pass rounds to 8 bits, and a pass that changes nothing is left out. */
    private Raster filtered(int toWidth, int toHeight, Resampling filter) {
        Raster wide = this;
        if (toWidth != width) {
            ResamplingTable table = ResamplingTable.of(filter, width, toWidth);
            byte[] result = new byte[toWidth * height * channels];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < toWidth; x++) {
                    for (int c = 0; c < channels; c++) {
                        result[(y * toWidth + x) * channels + c] = table.sample(x, samples, index(0, y) + c, channels);
                    }
                }
            }
            wide = new Raster(toWidth, height, channels, result);
        }
        if (toHeight == height) {
            return wide;
        }
        ResamplingTable table = ResamplingTable.of(filter, height, toHeight);
        int row = toWidth * channels;
        byte[] result = new byte[toHeight * row];
        for (int y = 0; y < toHeight; y++) {
            for (int i = 0; i < row; i++) {
                result[y * row + i] = table.sample(y, wide.samples, i, row);
            }
        }
        return new Raster(toWidth, toHeight, channels, result);
    }

    /**
     * A part of the picture.
     *
     * @throws IllegalArgumentException if it does not lie within
     */
    public Raster crop(int left, int top, int cropWidth, int cropHeight) {
        if (left < 0 || top < 0 || left + cropWidth > width || top + cropHeight > height) {
            throw new IllegalArgumentException("a crop of " + cropWidth + " x " + cropHeight + " at (" + left + ", "
                    + top + ") leaves the picture of " + width + " x " + height);
        }
        byte[] result = new byte[cropWidth * cropHeight * channels];
        for (int y = 0; y < cropHeight; y++) {
            System.arraycopy(samples, index(left, top + y), result, y * cropWidth * channels, cropWidth * channels);
        }
        return new Raster(cropWidth, cropHeight, channels, result);
    }

    /** The largest square around the centre. */
    public Raster centreSquare() {
        return centre(1, 1);
    }

    /** The largest part around the centre whose sides are as {@code across} to {@code down}, up to rounding. */
    public Raster centre(int across, int down) {
        int wide = Math.min(width, (int) Math.max(1, Math.round((double) height * across / down)));
        int high = Math.min(height, (int) Math.max(1, Math.round((double) width * down / across)));
        return wide == width && high == height ? this : crop((width - wide) / 2, (height - high) / 2, wide, high);
    }

    /**
     * Enlarged to the right and at the bottom by repeating the last column and row; every pixel stays where it is.
     *
     * @throws IllegalArgumentException if that would make it smaller
     */
    public Raster extend(int toWidth, int toHeight) {
        if (toWidth < width || toHeight < height) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " cannot be extended to "
                    + toWidth + " x " + toHeight + "; crop it");
        }
        byte[] result = new byte[toWidth * toHeight * channels];
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                int from = index(Math.min(x, width - 1), Math.min(y, height - 1));
                System.arraycopy(samples, from, result, (y * toWidth + x) * channels, channels);
            }
        }
        return new Raster(toWidth, toHeight, channels, result);
    }

    /** The light of an RGB picture in one channel, {@code 0.299 R + 0.587 G + 0.114 B}, to the bit as Pillow rounds. */
    public Raster grey() {
        if (channels == 1) {
            return this;
        }
        byte[] result = new byte[width * height];
        for (int i = 0; i < result.length; i++) {
            int light = 1 << 15; // the weights are scaled by 2^16
            for (int c = 0; c < RGB; c++) {
                light += LIGHT[c] * (samples[i * channels + c] & 0xFF);
            }
            result[i] = (byte) (light >> 16);
        }
        return new Raster(width, height, 1, result);
    }

    /** Left and right exchanged. */
    public Raster mirrored() {
        byte[] result = new byte[samples.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(samples, index(x, y), result, index(width - 1 - x, y), channels);
            }
        }
        return new Raster(width, height, channels, result);
    }

    /** The samples as numbers from 0 to 255, fp32: (channels, height, width). */
    public Tensor toTensor() {
        return Tensor.of(samples, height, width, channels).to(DType.FLOAT32).permute(2, 0, 1);
    }

    private int index(int x, int y) {
        return (y * width + x) * channels;
    }
}
