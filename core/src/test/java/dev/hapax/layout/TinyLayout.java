package dev.hapax.layout;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import java.util.List;

/** A layout predictor with random weights and three nouns, of width 4. */
public final class TinyLayout {
    private TinyLayout() {}

    /** Cat and dog point the same way, ball another; refined vectors are others than raw ones. */
    public static NounTable nouns() {
        return new NounTable(
                List.of("cat", "dog", "ball"),
                List.of(new float[] {1, 0, 0, 0}, new float[] {2, 1, 0, 0}, new float[] {0, 0, 3, 1}),
                List.of(new float[] {4, 0, 1, 0}, new float[] {0, 5, 0, -2}, new float[] {-3, 0, 0, 6}));
    }

    /** The predictor. */
    public static LayoutPredictor predictor() {
        return LayoutPredictor.of(nouns(), PairMlp.of(Weights.of(new Initializer(3)), 4));
    }
}
