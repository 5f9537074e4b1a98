package dev.hapax.tensor;

import java.util.Arrays;

/** Arithmetic on shapes, which are plain {@code long[]} with the outermost axis first. */
public final class Shape {
    private Shape() {}

    /** The number of elements of a tensor with this shape; 1 for a scalar. */
    public static long elements(long... shape) {
        long n = 1;
        for (long size : shape) {
            n = Math.multiplyExact(n, size);
        }
        return n;
    }

    /**
     * Checks a shape, where -1 stands for any size.
     *
     * @throws IllegalArgumentException naming {@code what}, the expected and the actual shape
     */
    public static void require(String what, long[] actual, long... expected) {
        boolean same = actual.length == expected.length;
        for (int i = 0; same && i < actual.length; i++) {
            same = expected[i] == -1 || expected[i] == actual[i];
        }
        if (!same) {
            throw new IllegalArgumentException(
                    what + " must have shape " + Arrays.toString(expected) + ", got " + Arrays.toString(actual));
        }
    }
}
