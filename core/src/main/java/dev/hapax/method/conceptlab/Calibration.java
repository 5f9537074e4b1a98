package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorForward;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.ClipModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Measures the thresholds of a space (decision 24). Through a prior: the ceiling is the median cosine of what is drawn for
 * the category's name with what the word shall resemble, that name, the floor that of what is drawn for each member with the
 * names of the others: more like the category than its own pictures, or less like a member than another member, a word need
 * not be. In the space of texts a text is like itself: there the ceiling is the mean cosine of the category with its
 * members, the floor that with other things or, where there are none, as of styles, that of members with each other.
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
            floors.addAll(cosines(members.get(i), i + 1, others, Context::with));
        }
        if (floors.isEmpty()) { // a member without siblings is compared with the category
            floors.addAll(cosines(category, 1, members, Context::with));
        }
        return new Thresholds(median(cosines(category, 0, List.of(category), Context::showing)), median(floors));
    }

    /**
     * Thresholds for a category in the space of texts.
     *
     * @param members of the category, at least one; without other things at least two
     * @param unrelated other things
     */
    public Thresholds texts(String category, List<String> members, List<String> unrelated) {
        require(members, "members");
        if (unrelated.isEmpty()) {
            require(members.subList(1, members.size()), "several members or other things");
        }
        double floor = unrelated.isEmpty() ? meanOfSiblings(members) : meanCosine(category, unrelated);
        return new Thresholds(meanCosine(category, members), floor);
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
                                .matmul(space.of(context.showing(category)))
                                .mean()
                                .item())
                .average()
                .orElseThrow();
    }

    private double meanOfSiblings(List<String> members) {
        int n = members.size();
        return contexts.stream()
                .mapToDouble(context -> {
                    Tensor names = space.of(members.stream().map(context::with).toList()); // (n, width)
                    double all = names.matmul(names.transpose(0, 1)).sum().item();
                    return (all - n) / (n * (n - 1.0)); // without each with itself
                })
                .average()
                .orElseThrow();
    }

    /** Of what is drawn for a thing in each context with each of these names there. */
    private List<Double> cosines(String thing, int draw, List<String> names, BiFunction<Context, String, String> text) {
        if (names.isEmpty()) {
            return List.of();
        }
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            List<String> prompts =
                    contexts.stream().map(context -> context.with(thing)).toList();
            Tensor drawn = ClipModel.normalised(forward.draw(prompts, Lexicon.empty(), -1 - draw)); // no step
            List<Double> cosines = new ArrayList<>();
            for (String name : names) {
                Tensor there = space.of(contexts.stream()
                        .map(context -> text.apply(context, name))
                        .toList());
                for (double cosine : drawn.times(there).sum(false, 1).toDoubles()) {
                    cosines.add(cosine);
                }
            }
            return cosines;
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
