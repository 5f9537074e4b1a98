package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What DETR is trained with (Carion et al. 2020, section 3.1). Each thing of a picture is matched with one query, such
 * that the sum over the pairs of
 *
 * <pre>  cost = classCost (-p(class)) + boxCost |b - b'|_1 + overlapCost (-GIoU(b, b'))</pre>
 *
 * <p>is as small as possible (equation 1). The loss (equation 2) is the cross entropy of the classes over all queries,
 * where those without a thing should say "no object" and count less, as a weighted mean; and for the pairs, summed and
 * divided by the number of things in the batch, {@code boxWeight |b - b'|_1 + overlapWeight (1 - GIoU(b, b'))}.
 *
 * @param classCost of the matching, at least 0
 * @param boxCost of the matching, at least 0
 * @param overlapCost of the matching, at least 0
 * @param boxWeight of the loss, at least 0
 * @param overlapWeight of the loss, at least 0
 * @param emptyWeight of a query without a thing in the cross entropy, in (0, 1]
 */
public record DetrLoss(
        double classCost,
        double boxCost,
        double overlapCost,
        double boxWeight,
        double overlapWeight,
        double emptyWeight) {

    /** The paper's and transformers' weights: costs 1, 5, 2; weights 5, 2; 0.1 for no object (appendix A.4). */
    public static final DetrLoss DEFAULT = new DetrLoss(1, 5, 2, 5, 2, 0.1);

    /** Checks the ranges. */
    public DetrLoss {
        double least =
                Math.min(Math.min(classCost, boxCost), Math.min(overlapCost, Math.min(boxWeight, overlapWeight)));
        if (!(least >= 0 && emptyWeight > 0 && emptyWeight <= 1)) {
            throw new IllegalArgumentException("costs and weights must be >= 0 and the weight of no object in (0, 1],"
                    + " got costs " + classCost + ", " + boxCost + ", " + overlapCost + ", weights " + boxWeight + ", "
                    + overlapWeight + ", no object " + emptyWeight);
        }
    }

    /**
     * The three terms, without their weights.
     *
     * @param classes weighted cross entropy
     * @param boxes mean distance of the boxes of a pair
     * @param overlaps mean of one less the generalised overlap
     */
    public record Terms(Tensor classes, Tensor boxes, Tensor overlaps) {}

    /** The same parts of the cost of a pair, without their weights: (queries, things) each. */
    record Costs(Tensor classes, Tensor boxes, Tensor overlaps) {}

    /**
     * Reads {@code class_cost}, {@code bbox_cost}, {@code giou_cost}, {@code bbox_loss_coefficient}, {@code
     * giou_loss_coefficient} and {@code eos_coefficient}; the defaults are those of {@link #DEFAULT}.
     */
    public static DetrLoss of(Config config) {
        return new DetrLoss(
                config.number("class_cost", DEFAULT.classCost),
                config.number("bbox_cost", DEFAULT.boxCost),
                config.number("giou_cost", DEFAULT.overlapCost),
                config.number("bbox_loss_coefficient", DEFAULT.boxWeight),
                config.number("giou_loss_coefficient", DEFAULT.overlapWeight),
                config.number("eos_coefficient", DEFAULT.emptyWeight));
    }

    /**
     * The loss of a detector's guesses, those of its earlier layers included if it is {@linkplain Detr#auxiliary
     * configured} so; each layer is matched anew, and all count alike.
     *
     * @param truths one for each picture
     */
    public Tensor of(Detr detector, DetrStates states, List<GroundTruth> truths) {
        Tensor sum = of(detector.output(states.last()), truths);
        for (DetrOutput earlier : detector.auxiliary(states)) {
            sum = sum.plus(of(earlier, truths));
        }
        return sum;
    }

    /** The loss of one layer's guesses, a scalar. */
    public Tensor of(DetrOutput output, List<GroundTruth> truths) {
        Terms terms = terms(output, truths);
        return terms.classes()
                .plus(terms.boxes().times(boxWeight))
                .plus(terms.overlaps().times(overlapWeight));
    }

    /**
     * The terms of one layer's guesses.
     *
     * @throws IllegalArgumentException if pictures and truths are not as many, a class is unknown, or a picture has more
     *     things than there are queries
     */
    public Terms terms(DetrOutput output, List<GroundTruth> truths) {
        requireFit(output, truths);
        int queries = (int) output.logits().size(1);
        int empty = (int) output.logits().size(2) - 1;
        long[] wanted = new long[truths.size() * queries];
        Arrays.fill(wanted, empty);
        List<Long> chosen = new ArrayList<>();
        List<Box> boxes = new ArrayList<>();
        for (int picture = 0; picture < truths.size(); picture++) {
            int[] match = match(output, picture, truths.get(picture));
            for (int thing = 0; thing < match.length; thing++) {
                int row = picture * queries + match[thing];
                wanted[row] = truths.get(picture).classes().get(thing);
                chosen.add((long) row);
                boxes.add(truths.get(picture).boxes().get(thing));
            }
        }
        Tensor classes = crossEntropy(output.logits().reshape(-1, empty + 1L), wanted, empty);
        if (boxes.isEmpty()) {
            Tensor none = output.boxes().sum().times(0);
            return new Terms(classes, none, none);
        }
        long[] rows = chosen.stream().mapToLong(Long::longValue).toArray();
        Tensor guessed = output.boxes().reshape(-1, 4).indexSelect(0, Tensor.of(rows, rows.length)); // (things, 4)
        Tensor truth = BoxTensors.of(boxes).to(guessed.dtype());
        return new Terms(
                classes,
                BoxTensors.distance(guessed, truth).mean(),
                BoxTensors.generalisedOverlap(guessed, truth).negative().plus(1).mean());
    }

    private Tensor crossEntropy(Tensor logits, long[] wanted, int empty) {
        float[] weights = new float[wanted.length];
        double sum = 0;
        for (int i = 0; i < wanted.length; i++) {
            weights[i] = wanted[i] == empty ? (float) emptyWeight : 1;
            sum += weights[i];
        }
        Tensor logs = logits.logSoftmax(1).gather(1, Tensor.of(wanted, wanted.length, 1)); // (b * queries, 1)
        return logs.times(Tensor.of(weights, weights.length, 1)).sum().over(-sum);
    }

    /** The query of each thing of a picture. */
    int[] match(DetrOutput output, int picture, GroundTruth truth) {
        if (truth.size() == 0) {
            return new int[0];
        }
        Costs costs = costs(output, picture, truth);
        double[] all = costs.classes()
                .times(classCost)
                .plus(costs.boxes().times(boxCost))
                .plus(costs.overlaps().times(overlapCost))
                .transpose(0, 1)
                .toDoubles(); // (things, queries)
        int queries = all.length / truth.size();
        double[][] rows = new double[truth.size()][];
        for (int thing = 0; thing < rows.length; thing++) {
            rows[thing] = Arrays.copyOfRange(all, thing * queries, (thing + 1) * queries);
        }
        return Assignment.cheapest(rows);
    }

    /** What it would cost to match each query of a picture with each thing. */
    static Costs costs(DetrOutput output, int picture, GroundTruth truth) {
        long[] classes = truth.classes().stream().mapToLong(Integer::longValue).toArray();
        Tensor probabilities = output.probabilities().select(0, picture).detach(); // (queries, classes)
        Tensor guessed = output.boxes().select(0, picture).detach().unsqueeze(1); // (queries, 1, 4)
        Tensor boxes = BoxTensors.of(truth.boxes()).to(guessed.dtype()).unsqueeze(0); // (1, things, 4)
        return new Costs(
                probabilities.indexSelect(1, Tensor.of(classes, classes.length)).negative(),
                BoxTensors.distance(guessed, boxes),
                BoxTensors.generalisedOverlap(guessed, boxes).negative());
    }

    /**
     * By how many things a layer miscounts, on average over the pictures: the guesses whose likeliest class is not "no
     * object" against what there is. For the log; it has no gradient.
     */
    public static double countError(DetrOutput output, List<GroundTruth> truths) {
        long queries = output.logits().size(1);
        long[] best = output.logits().argmax(2).toLongs(); // (b, queries)
        long empty = output.logits().size(2) - 1;
        double sum = 0;
        for (int picture = 0; picture < truths.size(); picture++) {
            long found = Arrays.stream(best, (int) (picture * queries), (int) ((picture + 1) * queries))
                    .filter(which -> which != empty)
                    .count();
            sum += Math.abs(found - truths.get(picture).size());
        }
        return sum / truths.size();
    }

    private static void requireFit(DetrOutput output, List<GroundTruth> truths) {
        long pictures = output.logits().size(0);
        long queries = output.logits().size(1);
        long labels = output.logits().size(2) - 1;
        if (pictures != truths.size()) {
            throw new IllegalArgumentException(
                    "each picture needs its truth, got " + pictures + " pictures and " + truths.size() + " truths");
        }
        for (GroundTruth truth : truths) {
            if (truth.size() > queries) {
                throw new IllegalArgumentException(truth.size() + " things in a picture are more than the " + queries
                        + " queries of the detector");
            }
            truth.classes().stream()
                    .filter(which -> which < 0 || which >= labels)
                    .findFirst()
                    .ifPresent(which -> {
                        throw new IllegalArgumentException(
                                "the detector has " + labels + " classes, from 0, got class " + which);
                    });
        }
    }
}
