package dev.hapax.vision.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetrLossTest {
    private static final Box LEFT = new Box(0, 0.25, 0.5, 0.75);
    private static final Box RIGHT = new Box(0.5, 0.25, 1, 0.75);

    /** One picture, three queries, two classes. The boxes: the left half, one in the middle, one on the right. */
    private static DetrOutput output() {
        float[] logits = {0, 0, 0, 2, 0, 0, 0, 1, 0};
        float[] boxes = {0.25f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.8f, 0.5f, 0.4f, 0.5f};
        return new DetrOutput(Tensor.of(logits, 1, 3, 3), Tensor.of(boxes, 1, 3, 4));
    }

    @Test
    void generalisedOverlapByHand() {
        try (Scope scope = Scope.open()) {
            Tensor a = BoxTensors.of(List.of(LEFT, LEFT, LEFT));
            Tensor b = BoxTensors.of(List.of(LEFT, RIGHT, new Box(0.25, 0.25, 0.75, 0.75)));
            // the same box; side by side, the union fills the hull; a third in common, the union fills the hull
            assertArrayEquals(
                    new float[] {1, 0, 1 / 3f},
                    BoxTensors.generalisedOverlap(a, b).toFloats(),
                    1e-6f);
            // two boxes of area 1/16 at opposite corners of the picture: 0 - (1 - 1/8)
            Tensor corner = BoxTensors.of(List.of(new Box(0, 0, 0.25, 0.25)));
            Tensor opposite = BoxTensors.of(List.of(new Box(0.75, 0.75, 1, 1)));
            assertEquals(-0.875, BoxTensors.generalisedOverlap(corner, opposite).item(), 1e-6);
            assertEquals(1.5, BoxTensors.distance(corner, opposite).item(), 1e-6);
        }
    }

    @Test
    void termsByHand() {
        try (Scope scope = Scope.open()) {
            GroundTruth truth = new GroundTruth(List.of(1, 0), List.of(RIGHT, LEFT));
            DetrLoss loss = DetrLoss.DEFAULT;
            // the box on the right is nearest to query 2, that on the left is query 0
            assertArrayEquals(new int[] {2, 0}, loss.match(output(), 0, truth));
            DetrLoss.Terms terms = loss.terms(output(), List.of(truth));
            // -log p: log 3 for class 0 of query 0, log(e + 2) - 1 for class 1 of query 2; no object of query 1:
            // log(e^2 + 2), weight 0.1; the weights sum to 2.1
            double expected = (Math.log(3) + Math.log(Math.E + 2) - 1 + 0.1 * Math.log(Math.exp(2) + 2)) / 2.1;
            assertEquals(expected, terms.classes().item(), 1e-6);
            // (0.8, 0.4) against (0.75, 0.5): 0.15, and 0 for the other; two things
            assertEquals(0.15 / 2, terms.boxes().item(), 1e-6);
            // [0.6, 1] in [0.5, 1]: 0.8, and 1 for the other
            assertEquals(0.2 / 2, terms.overlaps().item(), 1e-6);
            assertEquals(
                    expected + 5 * 0.075 + 2 * 0.1,
                    loss.of(output(), List.of(truth)).item(),
                    1e-5);
            // no query says no object; a tie goes to the first class
            assertEquals(1, DetrLoss.countError(output(), List.of(truth)));
        }
    }

    @Test
    void classesDecideBetweenBoxesThatAreAlike() {
        try (Scope scope = Scope.open()) {
            Tensor boxes = Tensor.of(new float[] {0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 1, 1}, 1, 2, 4);
            DetrOutput output = new DetrOutput(Tensor.of(new float[] {0, 3, 0, 3, 0, 0}, 1, 2, 3), boxes);
            Box all = new Box(0, 0, 1, 1);
            GroundTruth truth = new GroundTruth(List.of(0, 1), List.of(all, all));
            assertArrayEquals(new int[] {1, 0}, DetrLoss.DEFAULT.match(output, 0, truth));
        }
    }

    @Test
    void aPictureWithoutThingsTeachesNoObjectAlone() {
        try (Scope scope = Scope.open()) {
            Tensor boxes = output().boxes().copy().requiresGrad(true);
            DetrOutput output = new DetrOutput(output().logits(), boxes);
            GroundTruth nothing = new GroundTruth(List.of(), List.of());
            Tensor loss = DetrLoss.DEFAULT.of(output, List.of(nothing));
            double expected = (Math.log(3) + Math.log(Math.exp(2) + 2) + Math.log(Math.E + 2)) / 3;
            assertEquals(expected, loss.item(), 1e-6); // all of one weight, which cancels
            assertArrayEquals(
                    new float[12], Gradients.of(loss, List.of(boxes)).get(0).toFloats());
            assertEquals(3, DetrLoss.countError(output, List.of(nothing)));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Scope scope = Scope.open()) {
            DetrOutput output = output();
            GroundTruth unknown = new GroundTruth(List.of(2), List.of(LEFT));
            GroundTruth many = new GroundTruth(List.of(0, 0, 0, 0), List.of(LEFT, LEFT, LEFT, LEFT));
            assertEquals("the detector has 2 classes, from 0, got class 2", message(output, List.of(unknown)));
            assertEquals(
                    "4 things in a picture are more than the 3 queries of the detector",
                    message(output, List.of(many)));
            assertEquals("each picture needs its truth, got 1 pictures and 0 truths", message(output, List.of()));
            assertThrows(IllegalArgumentException.class, () -> new GroundTruth(List.of(0), List.of()));
            assertThrows(IllegalArgumentException.class, () -> new DetrLoss(1, 5, 2, 5, -2, 0.1));
            assertThrows(IllegalArgumentException.class, () -> new DetrLoss(1, 5, 2, 5, 2, 0));
        }
    }

    private static String message(DetrOutput output, List<GroundTruth> truths) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> DetrLoss.DEFAULT.of(output, truths))
                .getMessage());
    }
}
