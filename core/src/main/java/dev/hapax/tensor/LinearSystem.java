package dev.hapax.tensor;

import org.bytedeco.pytorch.global.torch;

/** Systems of linear equations. */
public final class LinearSystem {
    private LinearSystem() {}

    /**
     * The {@code x} with {@code a x = b}.
     *
     * @param a (n, n), fp32 or fp64
     * @param b (n, m) of the same type
     * @return (n, m)
     * @throws TensorException if {@code a} has no inverse, or the shapes do not fit
     */
    public static Tensor solve(Tensor a, Tensor b) {
        return Tensor.call("solve", () -> torch.linalg_solve(a.handle, b.handle), a, b);
    }
}
