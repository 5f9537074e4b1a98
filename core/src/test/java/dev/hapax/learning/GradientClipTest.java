package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientClipTest {
    @Test
    void gradientsAreShortenedTogether() {
        List<Double> norms = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (double longest : new double[] {1, 10, Double.POSITIVE_INFINITY}) {
                List<Tensor> gradients = List.of(Tensor.of(new float[] {3, 0}, 2), Tensor.of(new float[] {4}, 1));
                double squares = 0;
                for (Tensor gradient : new GradientClip(longest).apply(gradients, 0)) {
                    squares += gradient.square().sum().item();
                }
                norms.add(Math.sqrt(squares));
            }
            assertEquals(1, norms.get(0), 1e-5);
            assertEquals(List.of(5.0, 5.0), norms.subList(1, 3));
            assertThrows(
                    IllegalStateException.class,
                    () -> new GradientClip(1).apply(List.of(Tensor.of(new float[] {Float.NaN}, 1)), 3));
        }
    }
}
