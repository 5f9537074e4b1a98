package dev.hapax.evaluation.protocol;

import dev.hapax.layout.LayoutPredictor;
import dev.hapax.layout.PairLayout;
import dev.hapax.vision.detect.Box;
import java.util.List;
import java.util.function.Function;

/**
 * Where a model's layout predictor sees two things (Zhang et al. 2024, Compositional Inversion, equation 8). A noun that it
 * does not know counts as the nearest that it knows; where a thing has no noun, both have the places of {@link
 * SideBySide}, for its word is not learned yet.
 *
 * @param predictor whose owner closes it
 * @param raw what goes into the text encoder for a noun
 */
record PredictedLayout(LayoutPredictor predictor, Function<String, float[]> raw) implements Layout {
    private static final double STEPS = 1000; // of a side: boxes describe an image, and last bits differ by machine

    @Override
    public String name() {
        return "the model's layout predictor";
    }

    @Override
    public List<Box> boxes(String first, String second) {
        if (first.isBlank() || second.isBlank()) {
            return new SideBySide().boxes(first, second);
        }
        PairLayout pair = predictor.predict(known(first), known(second));
        return List.of(rounded(pair.firstBox()), rounded(pair.secondBox()));
    }

    private String known(String noun) {
        return predictor.nouns().names().contains(noun)
                ? noun
                : predictor.nouns().nearest(raw.apply(noun));
    }

    private static Box rounded(Box box) {
        return new Box(rounded(box.left()), rounded(box.top()), rounded(box.right()), rounded(box.bottom()));
    }

    private static double rounded(double edge) {
        return Math.round(edge * STEPS) / STEPS;
    }
}
