package dev.hapax.method.conceptlab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.learning.PriorPass;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The losses on given cosines; expected values were worked out by hand from section 2.3 of the published code's formulas. */
class ObjectiveTest {

    @Test
    void theValueOfOnePositiveAndTwoNegatives() {
        try (Scope scope = Scope.open()) {
            Tensor positive = Tensor.of(new float[] {0.31f}, 1, 1);
            Tensor negative = Tensor.of(new float[] {0.26f, 0.18f}, 2, 1);
            double resemblance = resemblance(positive, List.of(1.0), 0.28).item();
            double difference = difference(negative, 0.2).item();
            assertEquals(0.72, resemblance, 1e-6);
            assertEquals(0.5 * (0.23 + 0.26), difference, 1e-6);
            assertEquals(0.965, difference + resemblance, 1e-6);
        }
    }

    @Test
    void whatIsAlikeEnoughAndDifferentEnoughPullsAtNothing() {
        try (Scope scope = Scope.open()) {
            Tensor positive = Tensor.of(new float[] {0.31f, 0.2f}, 2, 1).requiresGrad(true);
            assertArrayEquals(
                    new float[] {0, -0.75f},
                    gradient(resemblance(positive, List.of(0.25, 0.75), 0.28), positive),
                    1e-6f);
            assertArrayEquals(
                    new float[] {-0.25f, -0.75f},
                    gradient(resemblance(positive, List.of(0.25, 0.75), Double.POSITIVE_INFINITY), positive),
                    1e-6f,
                    "mixing has no ceiling");
            Tensor negative = Tensor.of(new float[] {0.26f, 0.18f, 0.22f}, 3, 1).requiresGrad(true);
            assertArrayEquals(
                    new float[] {0.5f / 3 + 0.5f, 0, 0.5f / 3}, gradient(difference(negative, 0.2), negative), 1e-6f);
        }
    }

    @Test
    void aBatchIsAveragedOverAndTheNearestThingIsNearestOnAverage() {
        try (Scope scope = Scope.open()) {
            Tensor positive = Tensor.of(new float[] {0.1f, 0.2f}, 1, 2);
            assertEquals(0.85, resemblance(positive, List.of(1.0), 0.28).item(), 1e-6);
            // the first thing has the largest cosine of all, the second the largest mean
            Tensor negative = Tensor.of(new float[] {0.6f, 0.2f, 0.5f, 0.5f}, 2, 2);
            assertEquals(0.5 * (0.45 + 0.5), difference(negative, 0.2).item(), 1e-6);
        }
    }

    @Test
    void whileNothingIsKnownThereIsNothingToDifferFrom() {
        try (Scope scope = Scope.open()) {
            Difference none = new Difference(given(Tensor.zeros(DType.FLOAT32, 0, 1)), new Negatives(List.of()), 0.2);
            assertEquals(0, none.of(pass(1)).item());
        }
    }

    @Test
    void asManyWeightsAsThings() {
        try (Scope scope = Scope.open()) {
            Tensor positive = Tensor.of(new float[] {0.1f}, 1, 1);
            assertThrows(IllegalArgumentException.class, () -> resemblance(positive, List.of(0.5, 0.5), 0.28));
        }
    }

    private static Tensor resemblance(Tensor cosines, List<Double> weights, double ceiling) {
        return new Resemblance(given(cosines), weights, ceiling).of(pass((int) cosines.size(1)));
    }

    private static Tensor difference(Tensor cosines, double floor) {
        return new Difference(given(cosines), new Negatives(List.of("cat")), floor).of(pass((int) cosines.size(1)));
    }

    private static float[] gradient(Tensor loss, Tensor cosines) {
        return Gradients.of(loss, List.of(cosines)).get(0).toFloats();
    }

    private static PriorPass pass(int batch) {
        return new PriorPass(0, Collections.nCopies(batch, "a <new>"), Tensor.ones(DType.FLOAT32, batch, 2));
    }

    private static Constraint given(Tensor cosines) {
        return new Constraint() {
            @Override
            public Tensor directions(PriorPass pass) {
                throw new AssertionError("the cosines are given");
            }

            @Override
            public Tensor cosines(PriorPass pass) {
                return cosines;
            }
        };
    }
}
