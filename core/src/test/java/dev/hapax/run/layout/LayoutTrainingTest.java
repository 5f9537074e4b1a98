package dev.hapax.run.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.layout.NounTable;
import dev.hapax.layout.PairLayout;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LayoutTrainingTest {
    private static final int COUNT = 8;

    /** Nouns whose vectors tell how large each thing is, in the first number. */
    private static NounTable nouns() {
        List<String> names = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < COUNT; i++) {
                names.add("n" + i);
                float[] vector = new Rng(i).normal(Purpose.NOISE, 0, 0, 6).toFloats();
                vector[0] = (float) (size(i) * 10 - 3);
                vectors.add(vector);
            }
        }
        return new NounTable(names, vectors, vectors);
    }

    private static double size(int noun) {
        return 0.1 + 0.3 * noun / (COUNT - 1);
    }

    private static PairLayout picture(int first, int second, boolean mirrored) {
        PairLayout picture = new PairLayout(
                "n" + first,
                "n" + second,
                Box.centred(0.25, 0.6, size(first), size(first)),
                Box.centred(0.75, 0.6, size(second), size(second)));
        return mirrored ? picture.mirrored() : picture;
    }

    private static List<PairLayout> pictures() {
        List<PairLayout> pictures = new ArrayList<>();
        for (int first = 0; first < COUNT; first++) {
            for (int second = 0; second < COUNT; second++) {
                if (first != second) {
                    pictures.add(picture(first, second, (first + second) % 2 == 0));
                }
            }
        }
        return pictures;
    }

    @Test
    void itLearnsWhereThingsStandAlsoForPairsThatItNeverSaw() {
        AtomicInteger steps = new AtomicInteger();
        List<PairLayout> pictures = new ArrayList<>(pictures());
        pictures.add(new PairLayout("n0", "n1", new Box(0.4, 0, 0.5, 0.1), new Box(0.4, 0.9, 0.5, 1))); // above
        try (LayoutTraining.Result result =
                new LayoutTraining(400, 5e-3, 1).train(nouns(), pictures, steps::incrementAndGet)) {
            assertEquals(400, steps.get());
            assertTrue(result.heldOut() >= 2, "held out " + result.heldOut());
            assertEquals(COUNT * (COUNT - 1), result.trained() + result.heldOut());
            assertEquals(0, result.heldOut() % 2); // both orders of a pair
            double overlap = result.overlap().orElseThrow();
            double constant = result.constant().orElseThrow();
            assertTrue(overlap > 0.75 && overlap > constant + 0.2, overlap + " and " + constant);
            PairLayout pair = result.predictor().predict("n7", "n0");
            assertEquals(0.25, pair.firstBox().centreX(), 0.05);
            assertEquals(0.75, pair.secondBox().centreX(), 0.05);
            assertTrue(pair.firstBox().width() > 2 * pair.secondBox().width(), pair::toString);
        }
    }

    @Test
    void theLossIsSmoothDistanceAndGeneralisedOverlap() {
        try (Scope scope = Scope.open()) {
            float[] guess = {0.25f, 0.5f, 0.5f, 1, 0.5f, 0.5f, 1, 1};
            float[] truth = {0.75f, 0.5f, 0.5f, 1, 0.5f, 0.5f, 1, 0.95f};
            // the first two boxes touch: distance 0.5, GIoU 0; of the others 0.05, GIoU = IoU = 0.95
            double expected = (0.5 - 0.05) + 1 + 0.05 * 0.05 / 0.2 + 0.05;
            assertEquals(
                    expected,
                    LayoutTraining.loss(Tensor.of(guess, 1, 2, 4), Tensor.of(truth, 1, 2, 4))
                            .item(),
                    1e-5);
        }
    }

    @Test
    void nothingToLearnFromIsRefused() {
        Box top = new Box(0.4, 0, 0.5, 0.1);
        Box bottom = new Box(0.4, 0.9, 0.5, 1);
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> LayoutTraining.DEFAULT.train(
                        nouns(), List.of(new PairLayout("n0", "n1", top, bottom)), () -> {}));
        assertEquals(
                "of 1 pictures in which both things were found, none shows them side by side to learn from; draw more"
                        + " with --count",
                error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LayoutTraining(0, 1e-3, 0));
        assertThrows(IllegalArgumentException.class, () -> new LayoutTraining(1, 0, 0));
    }
}
