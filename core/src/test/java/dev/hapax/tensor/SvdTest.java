package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvdTest {

    @ParameterizedTest
    @CsvSource({"5, 3", "3, 5", "4, 4", "1, 6"})
    void theFactorsAreOrthonormalAndGiveTheMatrixBack(long m, long n) {
        try (Scope scope = Scope.open()) {
            Tensor matrix = new Rng(3).normal(Purpose.NOISE, 0, m, m, n).to(DType.FLOAT64);
            Svd svd = Svd.of(matrix);
            long k = Math.min(m, n);
            assertArrayEquals(new long[] {m, k}, svd.u().shape());
            assertArrayEquals(new long[] {k}, svd.s().shape());
            assertArrayEquals(new long[] {k, n}, svd.vt().shape());
            assertNear(matrix, svd.u().times(svd.s()).matmul(svd.vt()));
            assertIdentity(svd.u().transpose(0, 1).matmul(svd.u()));
            assertIdentity(svd.vt().matmul(svd.vt().transpose(0, 1)));
            double[] values = svd.s().toDoubles();
            for (int i = 0; i < k; i++) {
                assertTrue(values[i] >= (i + 1 < k ? values[i + 1] : 0));
            }
        }
    }

    @Test
    void theSingularValuesOfADiagonalAreItsMagnitudes() {
        try (Scope scope = Scope.open()) {
            Svd svd = Svd.of(Tensor.of(new double[] {0, 2, 0, -3, 0, 0}, 2, 3));
            assertArrayEquals(new double[] {3, 2}, svd.s().toDoubles(), 1e-12);
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        try (Scope scope = Scope.open()) {
            Tensor matrix = Tensor.of(new double[] {1, Double.NaN, 0, 1}, 2, 2);
            TensorException e = assertThrows(TensorException.class, () -> Svd.of(matrix));
            assertTrue(String.valueOf(e.getMessage()).startsWith("svd(FLOAT64[2, 2])"), e.getMessage());
        }
    }

    private static void assertIdentity(Tensor square) {
        long k = square.size(0);
        double[] identity = new double[(int) (k * k)];
        for (int i = 0; i < k; i++) {
            identity[(int) (i * k + i)] = 1;
        }
        assertNear(Tensor.of(identity, k, k), square);
    }

    private static void assertNear(Tensor expected, Tensor actual) {
        assertEquals(0, expected.minus(actual).abs().reshape(-1).max(false, 0).item(), 1e-12);
    }
}
