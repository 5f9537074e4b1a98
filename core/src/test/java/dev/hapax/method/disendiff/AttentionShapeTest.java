package dev.hapax.method.disendiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttentionShapeTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void aPointIsSmoothedIntoTheAuthorsKernel() {
        float[] point = new float[25];
        point[12] = 1;
        Tensor once = AttentionShape.smoothed(Tensor.of(point, 1, 5, 5), 1);
        float[] smoothed = AttentionShape.smoothed(once, 2).toFloats();
        float corner = .0449f;
        float edge = .1221f;
        float[] expected = {
            0, 0, 0, 0, 0, //
            0, corner, edge, corner, 0, //
            0, edge, .3319f, edge, 0, //
            0, corner, edge, corner, 0, //
            0, 0, 0, 0, 0
        };
        assertArrayEquals(expected, smoothed, 5e-5f);
    }

    @Test
    void bordersAreReflected() {
        float[] smoothed = AttentionShape.smoothed(Tensor.of(new float[] {1, 2, 4}, 1, 1, 3), 2)
                .toFloats();
        assertArrayEquals(
                new float[] {.5761f + 2 * .2119f * 2, .2119f + .5761f * 2 + .2119f * 4, 2 * .2119f * 2 + .5761f * 4},
                smoothed,
                5e-4f);
        Tensor single = Tensor.of(new float[] {3}, 1, 1, 1);
        assertEquals(3, AttentionShape.smoothed(single, 1).item());
    }

    @Test
    void overlapIsTheSoftIntersectionOverUnionOfEachSample() {
        Tensor a = Tensor.of(new float[] {0, .5f, 1, 0, 1, 1, 0, 0}, 2, 2, 2);
        Tensor b = Tensor.of(new float[] {1, .5f, 0, 0, 1, 1, 0, 0}, 2, 2, 2);
        assertArrayEquals(
                new float[] {.333333f, 1}, AttentionShape.overlap(a, b).toFloats(), 1e-6f);
    }

    @Test
    void everyMapIsScaledByItself() {
        Tensor maps = Tensor.of(new float[] {1, 2, 3, 3, 10, 20, 20, 30}, 2, 2, 2);
        assertArrayEquals(
                new float[] {0, .5f, 1, 1, 0, .5f, .5f, 1},
                AttentionShape.scaled(maps).toFloats(),
                1e-6f);
    }
}
