package dev.hapax.method.compositionalinversion;

import java.util.List;

/** The weights delta of equation 6: which anchors a vector is pulled to, and how much to each; they sum to 1. */
final class AnchorChoice {
    private AnchorChoice() {}

    /**
     * Chooses for one vector.
     *
     * @param own the number of the word's own class; -1 for none
     * @return one for each anchor, rounded to fp32
     */
    static float[] of(AnchorTable table, float[] vector, AnchorSettings settings, int own) {
        int forced = settings.classShare() > 0 ? own : -1;
        double[] weights = SparseCode.of(table.vectors(), vector, settings.atoms(), forced);
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        if (sum == 0) { // no anchor points where the vector points
            weights[forced >= 0 ? forced : nearest(table.vectors(), vector)] = 1;
            sum = 1;
        }
        float[] choice = new float[weights.length];
        double ownShare = forced >= 0 ? weights[forced] / sum : 0;
        double least = forced >= 0 ? Math.max(ownShare, settings.classShare()) : 0;
        double others = ownShare < 1 ? (1 - least) / (1 - ownShare) : 0;
        for (int i = 0; i < choice.length; i++) {
            choice[i] = (float) (i == forced ? least : weights[i] / sum * others);
        }
        return choice;
    }

    private static int nearest(List<float[]> anchors, float[] vector) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < anchors.size(); i++) {
            double distance = 0;
            for (int j = 0; j < vector.length; j++) {
                double difference = anchors.get(i)[j] - vector[j];
                distance += difference * difference;
            }
            if (distance < least) {
                best = i;
                least = distance;
            }
        }
        return best;
    }
}
