package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PriorCheckTest {

    @Test
    void comparesWithTheOwnTheNextAndTheMeanEmbedding() {
        try (Scope scope = Scope.open()) {
            Tensor truth = Tensor.of(new float[] {2, 0, 0, 3, -1, 0}, 3, 2);
            Tensor sampled = Tensor.of(new float[] {4, 0, 0, -5, -3, 4}, 3, 2);
            Tensor mean = Tensor.of(new float[] {1, 0, 1, 0, 1, 0}, 3, 2);
            PriorScore score = PriorCheck.compare(sampled, truth, mean);
            assertEquals((1 - 1 + 0.6) / 3, score.own(), 1e-6);
            assertEquals((0 + 0 - 0.6) / 3, score.other(), 1e-6);
            assertEquals((1 + 0 - 1) / 3.0, score.mean(), 1e-6);
            assertEquals(new Share(2, 3), score.nearer());
        }
    }
}
