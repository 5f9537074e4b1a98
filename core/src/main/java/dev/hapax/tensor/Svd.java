package dev.hapax.tensor;

import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/**
 * The singular value decomposition of a matrix: {@code u diag(s) vt}, with orthonormal columns in {@code u} and rows in
 * {@code vt}. With k = min(m, n):
 *
 * @param u (m, k)
 * @param s (k), not negative, the largest first
 * @param vt (k, n)
 */
public record Svd(Tensor u, Tensor s, Tensor vt) {

    /**
     * Decomposes a matrix (m, n) in fp32 or fp64.
     *
     * @throws TensorException if it is no such matrix, or holds values that are no numbers
     */
    public static Svd of(Tensor matrix) {
        try (StringViewOptional anyDriver = new StringViewOptional();
                T_TensorTensorTensor_T parts = torch.linalg_svd(matrix.handle, false, anyDriver)) {
            return new Svd(own(parts.get0()), own(parts.get1()), own(parts.get2()));
        } catch (RuntimeException e) {
            throw TensorException.of("svd", e, matrix);
        }
    }

    private static Tensor own(org.bytedeco.pytorch.Tensor borrowed) { // from the tuple, which may go before it
        return new Tensor(new org.bytedeco.pytorch.Tensor(borrowed));
    }
}
