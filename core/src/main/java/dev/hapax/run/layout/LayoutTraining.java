package dev.hapax.run.layout;

import dev.hapax.checkpoint.Weights;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.layout.NounTable;
import dev.hapax.layout.PairLayout;
import dev.hapax.layout.PairMlp;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.BoxTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Trains the network of a layout predictor with Adam on all pairs at once. The loss of a box, summed over the two of a pair
 * and averaged over pairs, is
 *
 * <pre>  sum of smooth-L1 over x, y, width, height  +  1 - GIoU</pre>
 *
 * <p>The paper says nothing of the training; loss, rate and steps are our choice.
 *
 * @param steps of Adam, at least 1
 * @param rate the learning rate, positive
 * @param seed of the first weights and of which pairs are held out
 */
public record LayoutTraining(int steps, double rate, long seed) {
    /** 1500 steps at 1e-3. */
    public static final LayoutTraining DEFAULT = new LayoutTraining(1500, 1e-3, 0);

    private static final double BEND = 0.1; // of the smooth L1 distance, from squared to linear
    private static final int HELD_OUT = 10; // one in so many pairs of nouns

    /** Checks the ranges. */
    public LayoutTraining {
        if (steps < 1 || !(rate > 0)) {
            throw new IllegalArgumentException("steps must be >= 1 and the rate > 0, got " + steps + " and " + rate);
        }
    }

    /**
     * What came out; closing it frees the predictor.
     *
     * @param predictor trained
     * @param trained how many pictures it learned from
     * @param heldOut how many pictures of pairs of nouns that it never saw
     * @param overlap mean intersection over union of predicted boxes with those of the pictures held out
     * @param constant the same for the mean boxes of all pictures learned from, whatever the nouns
     * @param parameters of the predictor
     */
    public record Result(
            LayoutPredictor predictor,
            int trained,
            int heldOut,
            OptionalDouble overlap,
            OptionalDouble constant,
            List<Tensor> parameters)
            implements AutoCloseable {
        @Override
        public void close() {
            parameters.forEach(Tensor::close);
        }
    }

    /**
     * Trains on pictures, mirrored where needed so that the first thing is on the left; pictures whose things are not side
     * by side do not count.
     *
     * @param progress hears after each step
     * @throws IllegalArgumentException if no picture is left to learn from
     */
    public Result train(NounTable nouns, List<PairLayout> pictures, Runnable progress) {
        List<PairLayout> seen = new ArrayList<>();
        List<PairLayout> heldOut = new ArrayList<>();
        for (PairLayout picture : pictures) {
            if (picture.isSideBySide()) {
                (isHeldOut(nouns, picture) ? heldOut : seen).add(picture.firstLeft());
            }
        }
        if (seen.isEmpty()) {
            throw new IllegalArgumentException("of " + pictures.size() + " pictures in which both things were found,"
                    + " none shows them side by side to learn from; draw more with --count");
        }
        Weights weights = Weights.of(new Initializer(seed));
        PairMlp network = PairMlp.of(weights, nouns.width());
        List<Tensor> parameters = List.copyOf(weights.used().values());
        parameters.forEach(parameter -> parameter.requiresGrad(true));
        fit(network, parameters, nouns, seen, progress);
        LayoutPredictor predictor = LayoutPredictor.of(nouns, network);
        Box left = mean(seen.stream().map(PairLayout::firstBox).toList());
        Box right = mean(seen.stream().map(PairLayout::secondBox).toList());
        return new Result(
                predictor,
                seen.size(),
                heldOut.size(),
                heldOut.stream()
                        .mapToDouble(it -> overlap(it, predictor.predict(it.first(), it.second())))
                        .average(),
                heldOut.stream()
                        .mapToDouble(it -> overlap(it, new PairLayout(it.first(), it.second(), left, right)))
                        .average(),
                parameters);
    }

    private void fit(
            PairMlp network, List<Tensor> parameters, NounTable nouns, List<PairLayout> seen, Runnable progress) {
        try (Scope scope = Scope.open();
                AdamW adam = new AdamW(parameters, AdamW.Settings.DEFAULT.withWeightDecay(0))) {
            Tensor table = nouns.refinedTensor(); // (nouns, width)
            Tensor first = rows(nouns, seen.stream().map(PairLayout::first).toList()); // (pictures)
            Tensor second = rows(nouns, seen.stream().map(PairLayout::second).toList());
            Tensor truth = truth(seen); // (pictures, 2, 4)
            for (int step = 0; step < steps; step++) {
                try (Scope one = Scope.open()) {
                    Tensor loss = loss(network.apply(table, first, second), truth);
                    adam.step(Gradients.of(loss, parameters), rate);
                }
                progress.run();
            }
        }
    }

    private static Tensor rows(NounTable nouns, List<String> names) {
        return Tensor.of(names.stream().mapToLong(nouns::index).toArray(), names.size());
    }

    private static Tensor truth(List<PairLayout> pictures) {
        List<Box> boxes = new ArrayList<>();
        pictures.forEach(it -> boxes.addAll(List.of(it.firstBox(), it.secondBox())));
        return BoxTensors.of(boxes).reshape(pictures.size(), 2, -1);
    }

    /**
     * The loss of predicted boxes.
     *
     * @param guess (pictures, 2, 4)
     * @param truth of the same shape
     * @return a scalar
     */
    static Tensor loss(Tensor guess, Tensor truth) {
        Tensor distance = guess.minus(truth).abs();
        Tensor near = distance.square().over(2 * BEND);
        Tensor smooth = distance.minus(BEND / 2).where(distance.greater(BEND), near);
        Tensor apart = BoxTensors.generalisedOverlap(guess, truth).negative().plus(1); // (pictures, 2)
        return smooth.sum(false, -1).plus(apart).sum(false, -1).mean();
    }

    /** Whether a pair of nouns is kept from the training, in either order. */
    private boolean isHeldOut(NounTable nouns, PairLayout picture) {
        int one = nouns.index(picture.first());
        int two = nouns.index(picture.second());
        long pair = (long) Math.min(one, two) * nouns.names().size() + Math.max(one, two);
        return new Rng(seed).below(HELD_OUT, Purpose.EVALUATION, 0, pair, 0) == 0;
    }

    private static double overlap(PairLayout truth, PairLayout guess) {
        return (truth.firstBox().overlap(guess.firstBox()) + truth.secondBox().overlap(guess.secondBox())) / 2;
    }

    private static Box mean(List<Box> boxes) {
        return new Box(
                boxes.stream().mapToDouble(Box::left).average().orElseThrow(),
                boxes.stream().mapToDouble(Box::top).average().orElseThrow(),
                boxes.stream().mapToDouble(Box::right).average().orElseThrow(),
                boxes.stream().mapToDouble(Box::bottom).average().orElseThrow());
    }
}
