package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThinProductTest {
    private static final int IN = 2048;
    private static final int OUT = 2112; // of 64 x 33 rows

    private static Tensor noise(long which, long... shape) {
        return new Rng(3).normal(Purpose.NOISE, 0, which, shape);
    }

    private static double error(Tensor one, Tensor other) {
        return one.minus(other).abs().reshape(-1).max(false, 0).item()
                / other.abs().reshape(-1).max(false, 0).item();
    }

    @Test
    void piecesGiveTheProductAndItsGradients() {
        try (Scope scope = Scope.open()) {
            Tensor weight = noise(0, OUT, IN).requiresGrad(true);
            Tensor bias = noise(1, OUT);
            Tensor x = noise(2, 2, 3, IN).requiresGrad(true);
            assertEquals(32, ThinProduct.piece(x, weight));
            Tensor thin = Functional.linear(x, weight, bias);
            Tensor whole = x.matmul(weight.transpose(0, 1)).plus(bias);
            assertArrayEquals(new long[] {2, 3, OUT}, thin.shape());
            assertTrue(error(thin, whole) < 1e-6);
            Tensor direction = noise(4, 2, 3, OUT);
            List<Tensor> ours = Gradients.of(thin.times(direction).sum(), List.of(x, weight));
            List<Tensor> plain = Gradients.of(whole.times(direction).sum(), List.of(x, weight));
            assertTrue(error(ours.get(0), plain.get(0)) < 1e-6);
            assertTrue(error(ours.get(1), plain.get(1)) < 1e-6);
        }
    }

    @Test
    void manyRowsAndSmallMatricesAreMultipliedWhole() {
        try (Scope scope = Scope.open()) {
            Tensor weight = noise(0, OUT, IN);
            assertEquals(16, ThinProduct.piece(noise(1, 30, IN), weight));
            assertEquals(0, ThinProduct.piece(noise(1, 80, IN), weight));
            assertEquals(0, ThinProduct.piece(noise(1, 6, 512), noise(2, 2048, 512)));
            assertEquals(0, ThinProduct.piece(noise(1, 6, IN), noise(2, OUT + 1, IN)));
            assertEquals(0, ThinProduct.piece(noise(1, 6, IN).to(DType.FLOAT64), weight.to(DType.FLOAT64)));
        }
    }
}
