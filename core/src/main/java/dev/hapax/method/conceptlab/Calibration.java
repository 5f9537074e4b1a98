package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorForward;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.ClipModel;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the thresholds of a space (decision 24). Through a prior: the ceiling is the median cosine of what is drawn for
 * the category's name with that name, the floor the tenth percentile of those of members with theirs: more like the
 * category than its own pictures, or less like a member than nearly all of that member's pictures, a word need not be. In
 * the space of texts a text is like itself: there the ceiling is the mean cosine of the category with its members, the floor
 * that with other things.
 *
 * @param forward draws
 * @param space where names lie
 * @param contexts that names are put into
 */
public record Calibration(PriorForward forward, TextEmbeddings space, List<Context> contexts) {
    private static final double LOW = 0.1; // percentile

    /**
     * Thresholds for a category by what a prior draws.
     *
     * @param members of the category, at least one
     */
    public Thresholds drawn(String category, List<String> members) {
        require(members, "members");
        double[] own = cosines(category, 0);
        double[][] others = new double[members.size()][];
        for (int i = 0; i < members.size(); i++) {
            others[i] = cosines(members.get(i), i + 1);
        }
        return new Thresholds(
                quantile(own, 0.5),
                quantile(Arrays.stream(others).flatMapToDouble(Arrays::stream).toArray(), LOW));
    }

    /**
     * Thresholds for a category in the space of texts.
     *
     * @param members of the category, at least one
     * @param unrelated other things, at least one
     */
    public Thresholds texts(String category, List<String> members, List<String> unrelated) {
        require(members, "members");
        require(unrelated, "other things");
        return new Thresholds(meanCosine(category, members), meanCosine(category, unrelated));
    }

    private static void require(List<String> things, String what) {
        if (things.isEmpty()) {
            throw new IllegalArgumentException(
                    "thresholds are measured on " + what + ", and there are none; name some, or give the thresholds");
        }
    }

    private double meanCosine(String category, List<String> things) {
        return contexts.stream()
                .mapToDouble(
                        context -> space.of(things.stream().map(context::with).toList())
                                .matmul(space.of(context.with(category)))
                                .mean()
                                .item())
                .average()
                .orElseThrow();
    }

    /** Of what is drawn for a thing in each context with its own text. */
    private double[] cosines(String thing, int draw) {
        List<String> prompts =
                contexts.stream().map(context -> context.with(thing)).toList();
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor drawn = ClipModel.normalised(forward.draw(prompts, Lexicon.empty(), -1 - draw)); // no training step
            return drawn.times(space.of(prompts)).sum(false, 1).toDoubles();
        }
    }

    private static double quantile(double[] values, double fraction) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(fraction * (sorted.length - 1))];
    }
}
