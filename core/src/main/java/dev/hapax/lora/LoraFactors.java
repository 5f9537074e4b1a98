package dev.hapax.lora;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Svd;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;

/**
 * A change of rank r to a weight: {@code scale * up * down} (Hu et al. 2021, section 4.1). The scale is {@code alpha / r},
 * rank-stabilised {@code alpha / sqrt(r)} (Kalajdzievski 2023). Of a convolution, {@code down} has the kernel and {@code
 * up} is 1x1; the product is that of the flattened matrices (r, in * k * k) and (out, r).
 *
 * @param down (r, in), or (r, in, k, k)
 * @param up (out, r), or (out, r, 1, 1)
 * @param alpha any number but 0; equal to r, it makes the scale 1
 * @param rankStabilised whether the scale falls with the root of the rank
 */
public record LoraFactors(Tensor down, Tensor up, double alpha, boolean rankStabilised) {

    /** Checks that the factors can be multiplied. */
    public LoraFactors {
        boolean matrices = isMatrix(down) && isMatrix(up);
        boolean plain = matrices && (up.rank() == 2 || (up.size(2) == 1 && up.size(3) == 1));
        if (!plain || down.size(0) < 1 || down.size(0) != up.size(1)) {
            throw new IllegalArgumentException(
                    "down must have shape [r, in] or [r, in, k, k] and up [out, r] or [out, r," + " 1, 1], got "
                            + Arrays.toString(down.shape()) + " and " + Arrays.toString(up.shape()));
        }
        if (alpha == 0 || !Double.isFinite(alpha)) {
            throw new IllegalArgumentException("alpha must be a number other than 0, got " + alpha);
        }
    }

    /** Factors of scale 1. */
    public static LoraFactors of(Tensor down, Tensor up) {
        return new LoraFactors(down, up, down.size(0), false);
    }

    /**
     * The factors of rank {@code rank} that come closest to {@code changed - base}: its largest singular values, whose
     * roots go to both factors. What is lost is, in the Frobenius norm, the root of the sum of the other singular values
     * squared, and nothing of that rank loses less (Eckart and Young 1936).
     *
     * @param base (out, in) or (out, in, k, k)
     * @param changed the same shape
     * @param rank at least 1, at most the smaller side of the flattened matrix
     * @return fp32 factors of scale 1; they belong to the innermost open scope
     */
    public static LoraFactors ofChange(Tensor base, Tensor changed, int rank) {
        long[] shape = base.shape();
        if (!Arrays.equals(shape, changed.shape()) || !isMatrix(base)) {
            throw new IllegalArgumentException("base and changed must be matrices or kernels of one shape, got "
                    + Arrays.toString(shape) + " and " + Arrays.toString(changed.shape()));
        }
        long most = Math.min(shape[0], base.elements() / shape[0]);
        if (rank < 1 || rank > most) {
            throw new IllegalArgumentException("the rank must be in 1 ... " + most + " for a weight of shape "
                    + Arrays.toString(shape) + ", got " + rank);
        }
        long[] downShape = shape.clone();
        downShape[0] = rank;
        long[] upShape = shape.length == 2 ? new long[] {shape[0], rank} : new long[] {shape[0], rank, 1, 1};
        try (Scope scope = Scope.open()) {
            Tensor change =
                    changed.detach().to(DType.FLOAT64).minus(base.detach().to(DType.FLOAT64));
            Svd svd = Svd.of(change.reshape(shape[0], -1));
            Tensor roots = svd.s().narrow(0, 0, rank).sqrt(); // (r)
            Tensor up = svd.u().narrow(1, 0, rank).times(roots).reshape(upShape);
            Tensor down = svd.vt().narrow(0, 0, rank).times(roots.unsqueeze(1)).reshape(downShape);
            return LoraFactors.of(
                    scope.release(down.to(DType.FLOAT32).contiguous()),
                    scope.release(up.to(DType.FLOAT32).contiguous()));
        }
    }

    private static boolean isMatrix(Tensor tensor) {
        return tensor.rank() == 2 || tensor.rank() == 4;
    }

    /** The rank r of the change. */
    public long rank() {
        return down.size(0);
    }

    /** What the product of the factors is multiplied with. */
    public double scale() {
        return alpha / (rankStabilised ? Math.sqrt(rank()) : rank());
    }

    /** The shape of the weight that this changes: (out, in), or (out, in, k, k) of a convolution. */
    public long[] weightShape() {
        long[] shape = down.shape();
        shape[0] = up.size(0);
        return shape;
    }

    /** Whether a weight of this shape can be changed by this; a matrix and a 1x1 kernel are the same. */
    public boolean fits(long... shape) {
        return Arrays.equals(asKernel(shape), asKernel(weightShape()));
    }

    private static long[] asKernel(long... shape) {
        return shape.length == 2 ? new long[] {shape[0], shape[1], 1, 1} : shape;
    }

    /**
     * The change, {@code scale * up * down}; differentiable in both factors.
     *
     * @param like a weight that this {@linkplain #fits fits}: gives shape, device and type
     */
    public Tensor change(Tensor like) {
        Tensor left = place(up, like).reshape(up.size(0), rank()); // (out, r)
        Tensor right = place(down, like).reshape(rank(), -1); // (r, in * k * k)
        return left.matmul(right).times(scale()).reshape(like.shape());
    }

    private static Tensor place(Tensor factor, Tensor like) {
        return factor.to(like.device()).to(like.dtype());
    }

    /** The Frobenius norm of the change, from products of size r x r: {@code |scale| sqrt(tr(up' up down down'))}. */
    public double norm() {
        try (Scope scope = Scope.open()) {
            Tensor left = up.detach().to(DType.FLOAT64).reshape(up.size(0), rank());
            Tensor right = down.detach().to(DType.FLOAT64).reshape(rank(), -1);
            Tensor squares = left.transpose(0, 1)
                    .matmul(left)
                    .times(right.matmul(right.transpose(0, 1)))
                    .sum();
            return Math.abs(scale()) * Math.sqrt(Math.max(0, squares.item())); // rounding may leave a hair below 0
        }
    }
}
