package dev.hapax.picturebook.world;

import java.util.BitSet;

/** The pixels of a square picture on which a thing is visible. */
public final class Mask {

    private final int size;
    private final BitSet pixels;

    /**
     * Takes a copy of a set of pixels.
     *
     * @param size the side of the picture
     * @param pixels row by row, bit {@code y * size + x}
     */
    public Mask(int size, BitSet pixels) {
        if (size < 1 || pixels.length() > size * size) {
            throw new IllegalArgumentException("pixels do not fit a picture of side " + size);
        }
        this.size = size;
        this.pixels = (BitSet) pixels.clone();
    }

    /** {@return the side of the picture} */
    public int size() {
        return size;
    }

    /** {@return how many pixels are set} */
    public int count() {
        return pixels.cardinality();
    }

    /**
     * {@return whether the thing is visible at a pixel}
     *
     * @param x the column
     * @param y the row
     */
    public boolean at(int x, int y) {
        if (x < 0 || y < 0 || x >= size || y >= size) {
            throw new IndexOutOfBoundsException("(" + x + ", " + y + ") in a picture of side " + size);
        }
        return pixels.get(y * size + x);
    }

    /** {@return the smallest box around the set pixels; the empty box at the origin when there are none} */
    public Box box() {
        int left = size;
        int right = 0;
        for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
            left = Math.min(left, i % size);
            right = Math.max(right, i % size + 1);
        }
        if (right == 0) {
            return new Box(0, 0, 0, 0);
        }
        double unit = size;
        int top = pixels.nextSetBit(0) / size;
        int bottom = (pixels.length() - 1) / size + 1;
        return new Box(left / unit, top / unit, right / unit, bottom / unit);
    }
}
