package dev.hapax.vision.ask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The buckets of T5's own size: 32, distances up to 128. */
class RelativePositionsTest {

    @Test
    void halfOfTheBucketsHoldOneDistanceEachAndTheRestGrow() {
        try (Scope scope = Scope.open()) {
            Tensor table = Tensor.zeros(DType.FLOAT32, 32, 1);
            RelativePositions writing = new RelativePositions(table, false, 128);
            assertEquals(0, writing.bucket(3)); // what lies ahead is masked anyway
            for (int distance = 0; distance < 16; distance++) {
                assertEquals(distance, writing.bucket(-distance));
            }
            // 16 + floor(16 log(distance / 16) / log 8)
            assertEquals(16, writing.bucket(-18));
            assertEquals(17, writing.bucket(-19));
            assertEquals(26, writing.bucket(-63));
            assertEquals(31, writing.bucket(-127));
            assertEquals(31, writing.bucket(-5000));
            RelativePositions reading = new RelativePositions(table, true, 128);
            assertEquals(7, reading.bucket(-7));
            assertEquals(16 + 7, reading.bucket(7));
            assertEquals(10, reading.bucket(-16)); // on the edge: 8 + 8 log 2 / log 16
            assertEquals(16 + 12, reading.bucket(32));
            assertEquals(15, reading.bucket(-128));
            assertEquals(31, reading.bucket(128));
        }
    }

    @Test
    void theLastTokensOfALongerSequenceGetTheirRows() {
        try (Scope scope = Scope.open()) {
            float[] numbers = new float[64];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i;
            }
            RelativePositions positions = new RelativePositions(Tensor.of(numbers, 32, 2), true, 128);
            Tensor all = positions.bias(5, 5); // (1, 2, 5, 5)
            assertArrayEquals(
                    all.narrow(2, 3, 2).toFloats(), positions.bias(2, 5).toFloats());
            assertEquals(
                    2 * (16 + 4) + 1, all.select(1, 1).select(1, 0).select(1, 4).item()); // second head, 4 ahead
        }
    }
}
