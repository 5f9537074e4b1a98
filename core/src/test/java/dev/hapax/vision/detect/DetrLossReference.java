package dev.hapax.vision.detect;

import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Opens to tests of other packages what the loss keeps to itself. */
public final class DetrLossReference {
    private DetrLossReference() {}

    /** The parts of the cost of pairs, without weights, and the whole with them: (queries, things) each. */
    public static List<Tensor> costs(DetrLoss loss, DetrOutput output, int picture, GroundTruth truth) {
        DetrLoss.Costs costs = DetrLoss.costs(output, picture, truth);
        Tensor all = costs.classes()
                .times(loss.classCost())
                .plus(costs.boxes().times(loss.boxCost()))
                .plus(costs.overlaps().times(loss.overlapCost()));
        return List.of(costs.classes(), costs.boxes(), costs.overlaps(), all);
    }

    /** Pairs (query, thing), ordered by query. */
    public static List<long[]> pairs(DetrLoss loss, DetrOutput output, int picture, GroundTruth truth) {
        int[] match = loss.match(output, picture, truth);
        return IntStream.range(0, match.length)
                .mapToObj(thing -> new long[] {match[thing], thing})
                .sorted((a, b) -> Long.compare(a[0], b[0]))
                .toList();
    }
}
