package dev.hapax.method.conceptlab;

import dev.hapax.learning.Feedback;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.PriorPass;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.Tuning;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Word;
import java.util.List;

/**
 * ConceptLab (Richardson et al. 2024): a word for a thing that has no name, found by drawing image embeddings with a prior
 * and asking that they resemble what the word shall be and differ from what is known. Only the word's vectors move.
 */
public final class ConceptLab {
    /** Steps to invent a thing (authors' YAML files). */
    public static final long STEPS = 2500;

    /** Steps to mix (authors' {@code TrainEvolutionConfig}). */
    public static final long MIXING_STEPS = 2000;

    /** The learning rate (authors' configuration). */
    public static final double RATE = 1e-4;

    private static final String NAME = "conceptlab";
    private static final String PAPER = "Richardson et al. 2024, arXiv 2308.02669";

    private ConceptLab() {}

    /**
     * A new member of categories (section 3.2): one category invents, several mix what their names mean.
     *
     * @param word starts from a category's name
     * @param contexts of the word; of styles, they say what else there is, which stands for the category
     * @param categories that it shall belong to
     * @param weights of the categories ({@link Weighting})
     * @param known members that it shall not be
     * @param attraction weight of belonging against being different (lambda)
     * @param space where names lie
     * @param feedback may add to {@code known}
     */
    public static Method<PriorPass> invent(
            Word word,
            List<Context> contexts,
            List<String> categories,
            List<Double> weights,
            Negatives known,
            Thresholds thresholds,
            double attraction,
            TextEmbeddings space,
            Feedback feedback) {
        boolean style = !contexts.get(0).plain().isEmpty();
        if (style && categories.size() != 1) {
            throw new IllegalArgumentException("a style belongs to one category, got " + categories);
        }
        String token = word.token();
        Constraint belongs = new NamedThings(
                token,
                contexts,
                context -> categories.stream().map(context::showing).toList(),
                space);
        Constraint differs = new NamedThings(
                token,
                contexts,
                context -> known.names().stream().map(context::with).toList(),
                space);
        return method(
                word,
                contexts,
                List.of(
                        new Difference(differs, known, thresholds.floor()),
                        new Resemblance(belongs, weights, thresholds.ceiling()).times(attraction)),
                feedback);
    }

    /**
     * A child of things in pictures (section 3.3): {@code 1 - sum_k w_k cos(E(I_k), P(E_y(v)))}, so the prior draws it.
     *
     * @param parents the image embeddings of each parent's pictures, (n, width) each
     * @param weights of the parents ({@link Weighting})
     * @param rng chooses the pictures of a step
     */
    public static Method<PriorPass> mix(
            Word word, List<Context> contexts, List<Tensor> parents, List<Double> weights, Rng rng) {
        return method(
                word,
                contexts,
                List.of(new Resemblance(new ParentPictures(parents, rng), weights, Double.POSITIVE_INFINITY)),
                Feedback.NONE);
    }

    private static Method<PriorPass> method(
            Word word, List<Context> contexts, List<LossTerm<PriorPass>> losses, Feedback feedback) {
        List<String> prompts =
                contexts.stream().map(context -> context.with(word.token())).toList();
        return new Method<>(NAME, PAPER, List.of(word), PromptPlan.oneOf(prompts), losses, Tuning.NONE, feedback);
    }
}
