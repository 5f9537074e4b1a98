package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorForward;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.ClipModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the thresholds of a space (decision 24). Through a prior: the ceiling is the median cosine of what is drawn for
 * the category's name with that name, the floor that of what is drawn for each member with the names of the others: more
 * like the category than its own pictures, or less like a member than another member, a word need not be. In the space of
 * texts a text is like itself: there the ceiling is the mean cosine of the category with its members, the floor that with
 * other things.
 *
 * @param forward draws
 * @param space where names lie
 * @param contexts that names are put into
 */
public record Calibration(PriorForward forward, TextEmbeddings space, List<Context> contexts) {
    /**
     * Thresholds for a category by what a prior draws.
     *
     * @param members of the category, at least one
     */
    public Thresholds drawn(String category, List<String> members) {
        require(members, "members");
        List<Double> floors = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<String> others = new ArrayList<>(members);
            others.remove(i);
            floors.addAll(cosines(members.get(i), i + 1, others));
        }
        if (floors.isEmpty()) { // a member without siblings is compared with the category
            floors.addAll(cosines(category, 1, members));
        }
        return new Thresholds(median(cosines(category, 0, List.of(category))), median(floors));
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

    /** Of what is drawn for a thing in each context with each of these names there. */
    private List<Double> cosines(String thing, int draw, List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor drawn = ClipModel.normalised(forward.draw(within(thing), Lexicon.empty(), -1 - draw)); // no step
            List<Double> cosines = new ArrayList<>();
            for (String name : names) {
                for (double cosine :
                        drawn.times(space.of(within(name))).sum(false, 1).toDoubles()) {
                    cosines.add(cosine);
                }
            }
            return cosines;
        }
    }

    private List<String> within(String thing) {
        return contexts.stream().map(context -> context.with(thing)).toList();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
