package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hapax.checkpoint.Weights;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.layout.NounTable;
import dev.hapax.layout.PairLayout;
import dev.hapax.layout.PairMlp;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Scope;
import dev.hapax.vision.detect.Box;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PredictedLayoutTest {
    private static final NounTable NOUNS = new NounTable(
            List.of("cat", "ball"),
            List.of(new float[] {1, 0, 0, 0}, new float[] {0, 0, 3, 1}),
            List.of(new float[] {4, 0, 1, 0}, new float[] {-3, 0, 0, 6}));

    private final Scope scope = Scope.open();
    private final LayoutPredictor predictor = LayoutPredictor.of(NOUNS, PairMlp.of(Weights.of(new Initializer(3)), 4));

    @AfterEach
    void free() {
        scope.close();
    }

    private Layout layout(Function<String, float[]> raw) {
        return new PredictedLayout(predictor, raw);
    }

    @Test
    void boxesAreThePredictorsInThousandths() {
        Layout layout = layout(noun -> {
            throw new AssertionError(noun + " is known");
        });
        PairLayout pair = predictor.predict("ball", "cat");
        List<Box> boxes = layout.boxes("ball", "cat");
        assertEquals(pair.firstBox().left(), boxes.get(0).left(), 5e-4);
        assertEquals(pair.secondBox().bottom(), boxes.get(1).bottom(), 5e-4);
        assertEquals(Math.rint(boxes.get(0).right() * 1000), boxes.get(0).right() * 1000, 1e-9);
        assertNotEquals(boxes, layout.boxes("cat", "ball"));
    }

    @Test
    void anUnknownNounStandsWhereTheNearestWould() {
        Layout layout = layout(noun -> noun.equals("balloon") ? new float[] {0, 0, 1, 0} : new float[] {5, 1, 0, 0});
        assertEquals(layout.boxes("ball", "cat"), layout.boxes("balloon", "kitten"));
    }

    @Test
    void thingsWithoutANounGetTheAuthorsPlaces() {
        Layout layout = layout(noun -> new float[] {1, 0, 0, 0});
        List<Box> plain = List.of(new Box(0.1, 0.2, 0.5, 0.8), new Box(0.6, 0.2, 0.95, 0.8));
        assertEquals(plain, layout.boxes("", "cat"));
        assertEquals(plain, layout.boxes("cat", " "));
    }
}
