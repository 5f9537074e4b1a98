package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LazyRowsTest {
    private static final AdamW.Settings PLAIN = new AdamW.Settings(0.9, 0.999, 1e-8, 0.01);

    @Test
    void aRowMovesAsIfItWereAloneAndStaysWithoutAGradient() {
        try (Scope scope = Scope.open();
                Tensor both = leaf(1, 2, 3, 4);
                Tensor first = leaf(1, 2);
                Tensor second = leaf(3, 4);
                AdamW lazy = new AdamW(List.of(both), PLAIN.withLazyRows());
                AdamW ofFirst = new AdamW(List.of(first), PLAIN);
                AdamW ofSecond = new AdamW(List.of(second), PLAIN)) {
            for (int step = 0; step < 6; step++) {
                boolean even = step % 2 == 0;
                lazy.step(List.of(gradient(even ? 0.3f + step : 0, even ? -1 : 0, 0.5f, step)), 0.1);
                if (even) {
                    ofFirst.step(List.of(gradient(0.3f + step, -1)), 0.1);
                }
                ofSecond.step(List.of(gradient(0.5f, step)), 0.1);
            }
            assertArrayEquals(first.toFloats(), both.narrow(0, 0, 1).toFloats(), 1e-6f);
            assertArrayEquals(second.toFloats(), both.narrow(0, 1, 1).toFloats(), 1e-6f);
        }
    }

    @Test
    void countsOfStepsAreSaved() {
        try (Scope scope = Scope.open();
                Tensor row = leaf(1, 2);
                AdamW lazy = new AdamW(List.of(row), PLAIN.withLazyRows());
                Tensor other = leaf(1, 2);
                AdamW resumed = new AdamW(List.of(other), PLAIN.withLazyRows())) {
            lazy.step(List.of(gradient(1, 2)), 0.1);
            lazy.step(List.of(gradient(0, 0)), 0.1);
            Map<String, Tensor> state = new HashMap<>(lazy.state());
            assertEquals(1, state.get("count.0").item());
            other.assign(row);
            resumed.restore(state, lazy.steps());
            lazy.step(List.of(gradient(3, -1)), 0.1);
            resumed.step(List.of(gradient(3, -1)), 0.1);
            assertArrayEquals(row.toFloats(), other.toFloats());
        }
    }

    private static Tensor leaf(float... values) {
        return gradient(values).keep();
    }

    private static Tensor gradient(float... values) {
        return Tensor.of(values, values.length / 2, 2);
    }
}
