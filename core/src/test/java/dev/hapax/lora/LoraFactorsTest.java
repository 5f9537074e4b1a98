package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Svd;
import dev.hapax.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoraFactorsTest {
    private static final double ROUNDING = 1e-6; // of fp32 factors, relative

    private static Stream<long[]> shapes() {
        return Stream.of(
                new long[] {7, 5}, new long[] {5, 7}, new long[] {6, 6}, new long[] {5, 3, 1, 1}, new long[] {6, 2, 3, 3
                });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aChangeOfThatRankIsRecovered(long[] shape) {
        for (int rank = 1; rank <= 3; rank++) {
            try (Scope scope = Scope.open()) {
                Tensor base = random(1, shape);
                Tensor left = random(2, shape[0], rank);
                Tensor right = random(3, rank, base.elements() / shape[0]);
                Tensor change = left.matmul(right).reshape(shape);
                LoraFactors factors = LoraFactors.ofChange(base, base.plus(change), rank);
                assertEquals(rank, factors.rank());
                assertEquals(1, factors.scale());
                assertArrayEquals(shape, factors.weightShape());
                assertEquals(0, norm(change.minus(factors.change(base))) / norm(change), ROUNDING);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatIsLostAreTheOtherSingularValues(long[] shape) {
        try (Scope scope = Scope.open()) {
            Tensor base = random(1, shape);
            Tensor changed = random(2, shape);
            Tensor change = changed.minus(base);
            double[] values = Svd.of(change.reshape(shape[0], -1)).s().toDoubles();
            for (int rank = 1; rank <= values.length; rank++) {
                double lost = 0;
                for (int i = rank; i < values.length; i++) {
                    lost += values[i] * values[i];
                }
                Tensor kept = LoraFactors.ofChange(base, changed, rank).change(base);
                assertEquals(Math.sqrt(lost), norm(change.minus(kept)), ROUNDING * norm(change));
            }
        }
    }

    /** Eckart and Young 1936: neither another product of that rank nor a nearby one comes closer. */
    @ParameterizedTest
    @MethodSource("shapes")
    void nothingOfThatRankComesCloser(long[] shape) {
        try (Scope scope = Scope.open()) {
            Tensor base = random(1, shape);
            Tensor changed = random(2, shape);
            Tensor change = changed.minus(base).reshape(shape[0], -1);
            int rank = 2;
            LoraFactors best = LoraFactors.ofChange(base, changed, rank);
            double least = norm(change.minus(best.change(base).reshape(shape[0], -1)));
            Tensor up = best.up().to(DType.FLOAT64).reshape(shape[0], rank);
            Tensor down = best.down().to(DType.FLOAT64).reshape(rank, -1);
            for (int trial = 0; trial < 40; trial++) {
                double step = Math.pow(10, -trial / 10);
                Tensor otherUp = up.plus(random(10 + trial, up.shape()).times(step));
                Tensor otherDown = down.plus(random(90 + trial, down.shape()).times(step));
                assertTrue(norm(change.minus(otherUp.matmul(otherDown))) > least - ROUNDING);
            }
        }
    }

    @Test
    void theNormIsThatOfTheChange() {
        try (Scope scope = Scope.open()) {
            for (boolean stabilised : new boolean[] {false, true}) {
                LoraFactors factors = new LoraFactors(random(1, 4, 3, 3, 3), random(2, 5, 4, 1, 1), -3, stabilised);
                Tensor change = factors.change(random(3, factors.weightShape()));
                assertEquals(norm(change), factors.norm(), 1e-12 * norm(change));
            }
        }
    }

    @Test
    void theScaleFallsWithTheRankOrItsRoot() {
        try (Scope scope = Scope.open()) {
            Tensor down = random(1, 4, 3);
            Tensor up = random(2, 5, 4);
            assertEquals(1, LoraFactors.of(down, up).scale());
            assertEquals(1.5, new LoraFactors(down, up, 6, false).scale());
            assertEquals(3, new LoraFactors(down, up, 6, true).scale());
        }
    }

    /** A product written out by hand: 2 / 1 times (1, 2)' (3, 4, 5). */
    @Test
    void theChangeIsTheScaledProduct() {
        try (Scope scope = Scope.open()) {
            LoraFactors factors = new LoraFactors(
                    Tensor.of(new float[] {3, 4, 5}, 1, 3), Tensor.of(new float[] {1, 2}, 2, 1), 2, false);
            Tensor like = Tensor.zeros(DType.FLOAT32, 2, 3, 1, 1);
            assertArrayEquals(
                    new float[] {6, 8, 10, 12, 16, 20}, factors.change(like).toFloats());
            assertArrayEquals(like.shape(), factors.change(like).shape());
        }
    }

    @Test
    void aMatrixAndAOneByOneKernelAreTheSame() {
        try (Scope scope = Scope.open()) {
            LoraFactors linear = LoraFactors.of(random(1, 2, 3), random(2, 5, 2));
            assertTrue(linear.fits(5, 3));
            assertTrue(linear.fits(5, 3, 1, 1));
            assertFalse(linear.fits(3, 5));
            assertFalse(linear.fits(5, 3, 3, 3));
            LoraFactors kernel = LoraFactors.of(random(1, 2, 3, 3, 3), random(2, 5, 2, 1, 1));
            assertTrue(kernel.fits(5, 3, 3, 3));
            assertFalse(kernel.fits(5, 27));
        }
    }

    @Test
    void whatCannotBeMultipliedIsRefused() {
        try (Scope scope = Scope.open()) {
            refused("got [2, 3] and [5, 4]", () -> LoraFactors.of(random(1, 2, 3), random(2, 5, 4)));
            refused("got [2, 3] and [5, 2, 3, 3]", () -> LoraFactors.of(random(1, 2, 3), random(2, 5, 2, 3, 3)));
            refused("got [6] and [5, 6]", () -> LoraFactors.of(random(1, 6), random(2, 5, 6)));
            refused("got 0.0", () -> new LoraFactors(random(1, 2, 3), random(2, 5, 2), 0, false));
            Tensor base = random(1, 4, 3);
            refused("in 1 ... 3 for a weight of shape [4, 3], got 4", () -> LoraFactors.ofChange(base, base, 4));
            refused("got [4, 3] and [3, 4]", () -> LoraFactors.ofChange(base, random(2, 3, 4), 1));
        }
    }

    private static void refused(String part, org.junit.jupiter.api.function.Executable body) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, body).getMessage());
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static Tensor random(long sample, long... shape) {
        return new Rng(11).normal(Purpose.NOISE, 0, sample, shape).to(DType.FLOAT64);
    }

    private static double norm(Tensor tensor) {
        return Math.sqrt(tensor.square().sum().item());
    }
}
