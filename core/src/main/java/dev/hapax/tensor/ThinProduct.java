package dev.hapax.tensor;

import java.util.Arrays;

/**
 * The product of a few rows with a large matrix on a CPU. OpenBLAS copies a matrix into an order of its own before it multiplies,
 * which takes longer than to multiply it with a few rows; small matrices it takes as they lie. So the large one is taken in pieces
 * that are small enough. Measured: docs/benchmarks.md.
 */
final class ThinProduct {
    private static final long LARGE = 1L << 22; // elements of a matrix that no cache holds: 16 MiB
    private static final long AS_IT_LIES = 1_000_000; // multiplications of a product that OpenBLAS takes so
    private static final int LARGEST_PIECE = 32; // rows; the fastest of 16, 32 and 64
    private static final int LEAST_PIECE = 8;

    private ThinProduct() {}

    /**
     * In pieces of how many rows of the matrix to compute.
     *
     * @param x (..., in)
     * @param weight (out, in)
     * @return 0 if as a whole
     */
    static int piece(Tensor x, Tensor weight) {
        if (weight.rank() != 2
                || weight.elements() < LARGE
                || weight.dtype() != DType.FLOAT32
                || x.dtype() != DType.FLOAT32) {
            return 0;
        }
        if (!weight.device().equals(Device.CPU) || x.size(x.rank() - 1) != weight.size(1)) {
            return 0;
        }
        long most = Math.min(LARGEST_PIECE, AS_IT_LIES / Math.max(1, x.elements()));
        int piece = Math.toIntExact(Long.highestOneBit(most));
        return piece >= LEAST_PIECE && weight.size(0) % piece == 0 ? piece : 0;
    }

    /** {@code x W^T}: (..., out). */
    static Tensor of(Tensor x, Tensor weight, int piece) {
        long in = weight.size(1);
        long out = weight.size(0);
        long rows = x.elements() / in;
        long pieces = out / piece;
        Tensor each = x.reshape(1, rows, in).expand(pieces, rows, in);
        Tensor product = each.matmul(weight.reshape(pieces, piece, in).transpose(1, 2)); // (pieces, rows, piece)
        long[] shape = Arrays.copyOf(x.shape(), x.shape().length);
        shape[shape.length - 1] = out;
        return product.transpose(0, 1).reshape(shape);
    }
}
