package dev.hapax.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The main colors of a picture by modified median cut (Bloomberg 2008, Leptonica: "Color quantization using modified median
 * cut"), the algorithm of Color Thief: colors are counted in 32 x 32 x 32 bins; a box around them is cut again and again,
 * at first the one with the most pixels, in the end the one with the largest product of pixels and volume, in the longer
 * half beside the median of its longest side. White is a color here; Color Thief leaves it out.
 *
 * @param colors from the one with the most pixels to that with the fewest
 */
public record Palette(List<Color> colors) {
    private static final int BITS = 5;
    private static final int SIDE = 1 << BITS;
    private static final int CHANNELS = 3;
    private static final double BY_PIXELS = 0.75; // of the cuts; Leptonica

    /**
     * A color of a palette.
     *
     * @param red 0 to 255
     * @param green 0 to 255
     * @param blue 0 to 255
     * @param share of the picture's pixels
     */
    public record Color(int red, int green, int blue, double share) {}

    /** Copies the list. */
    public Palette {
        colors = List.copyOf(colors);
    }

    /**
     * The palette of a picture.
     *
     * @param picture RGB
     * @param most how many colors at most, at least 1
     */
    public static Palette of(Raster picture, int most) {
        if (picture.channels() != CHANNELS || most < 1) {
            throw new IllegalArgumentException("a palette needs a picture in RGB and at least 1 color, got "
                    + picture.channels() + " channels and " + most);
        }
        int[] counts = new int[SIDE * SIDE * SIDE];
        byte[] samples = picture.samples();
        for (int i = 0; i < samples.length; i += CHANNELS) {
            counts[bin(samples[i], samples[i + 1], samples[i + 2])]++;
        }
        ColorBox whole = new ColorBox(counts, new int[] {0, 0, 0}, new int[] {SIDE - 1, SIDE - 1, SIDE - 1});
        List<ColorBox> boxes = new ArrayList<>(List.of(whole.shrunk()));
        cut(boxes, (int) Math.ceil(BY_PIXELS * most), Comparator.comparingDouble(ColorBox::pixels));
        cut(boxes, most, Comparator.comparingDouble(box -> (double) box.pixels() * box.volume()));
        double pixels = (double) picture.width() * picture.height();
        return new Palette(boxes.stream()
                .sorted(Comparator.comparingLong(ColorBox::pixels).reversed())
                .map(box -> box.color(pixels))
                .toList());
    }

    private static int bin(byte red, byte green, byte blue) {
        int shift = Byte.SIZE - BITS;
        return ((red & 0xFF) >> shift) * SIDE * SIDE + ((green & 0xFF) >> shift) * SIDE + ((blue & 0xFF) >> shift);
    }

    private static void cut(List<ColorBox> boxes, int until, Comparator<ColorBox> order) {
        while (boxes.size() < until) {
            ColorBox next =
                    boxes.stream().filter(box -> box.volume() > 1).max(order).orElse(null);
            if (next == null) {
                return; // no more colors
            }
            boxes.remove(next);
            boxes.addAll(next.cut());
        }
    }

    static int side() {
        return SIDE;
    }
}
