package dev.hapax.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.hapax.nn.Linear;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.junit.jupiter.api.Test;

class KeptReadingTest {
    @Test
    void oneTextIsReadOnce() {
        try (Scope scope = Scope.open()) {
            KeptReading kept = new KeptReading();
            Linear keys = new Linear(noise(0, 3, 4), null);
            Linear values = new Linear(noise(1, 3, 4), null);
            Tensor text = noise(2, 1, 5, 4);
            Tensor first;
            try (Scope step = Scope.open()) {
                first = kept.of(keys, text);
            }
            assertSame(first, kept.of(keys, text), "survives the step");
            assertArrayEquals(keys.apply(text).toFloats(), first.toFloats());
            assertArrayEquals(
                    values.apply(text).toFloats(), kept.of(values, text).toFloats());
            Tensor other = noise(3, 1, 5, 4);
            assertArrayEquals(keys.apply(other).toFloats(), kept.of(keys, other).toFloats());
            Tensor learned = noise(4, 1, 5, 4).requiresGrad(true);
            assertNotSame(kept.of(keys, learned), kept.of(keys, learned), "what is learned is never kept");
        }
    }

    private static Tensor noise(long sample, long... shape) {
        return new Rng(5).normal(Purpose.NOISE, 0, sample, shape);
    }
}
