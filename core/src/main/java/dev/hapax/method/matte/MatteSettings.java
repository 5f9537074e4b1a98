package dev.hapax.method.matte;

import java.util.List;

/**
 * How MATTE learns. Of the paper, prompts and timesteps are recovered; the forms of its second and third loss, all weights
 * and the schedule are ours (docs/methods/matte.md).
 *
 * @param sentences whether training prompts are sentences as one uses later, in which the order of color and style changes
 *     and either is left out now and then, so that neither word comes to lean on the other through the causal text encoder;
 *     otherwise the words alone, as the paper draws them
 * @param noun what sentences call a picture, such as {@code photo}
 * @param stageShares how often each stage of the table is drawn, from the cleanest; empty for timesteps drawn evenly from
 *     all stages in which a word is read
 * @param form of distances in the losses
 * @param space in which distances are taken
 * @param share each regulariser's gradient gets this share of the reconstruction's, on the word it is calibrated for; 0
 *     leaves the weights at their fallbacks
 * @param pull fallback weight of "the color word stays near the color", at least 0
 * @param equal fallback weight of "color word and color are as far from the style word", at least 0
 * @param object fallback weight of "the object word stays near its class", at least 0
 * @param equalLayout whether object word and class must be as far from the layout word as well
 */
public record MatteSettings(
        boolean sentences,
        String noun,
        List<Double> stageShares,
        Form form,
        Space space,
        double share,
        double pull,
        double equal,
        double object,
        boolean equalLayout) {

    /** How far apart two representations are. */
    public enum Form {
        /** {@code ||r_c - g||^2} and {@code (||r_c - r_s|| - ||g - r_s||)^2}. */
        DISTANCES,
        /** {@code ||r_c - g||^2} and {@code | ||r_c - r_s||^2 - ||g - r_s||^2 |}. */
        SQUARED_DISTANCES,
        /** {@code 1 - cos(r_c, g)} and {@code (cos(r_c, r_s) - cos(g, r_s))^2}. */
        COSINE
    }

    /** What represents a word. */
    public enum Space {
        /** The mean of its vectors. */
        TOKEN,
        /** The text encoder's pooled output for the word alone, of unit length. */
        TEXT_FEATURE
    }

    private static final double SHARE = 0.5; // our choice, as the three weights: spec-less in the paper
    private static final double PULL = 1e-2;
    private static final double EQUAL = 1e-1;
    private static final double OBJECT = 1e-2;

    /** As near to the paper as it is known: words alone, even timesteps. */
    public static final MatteSettings PAPER = new MatteSettings(
            false, "photo", List.of(), Form.DISTANCES, Space.TOKEN, SHARE, PULL, EQUAL, OBJECT, false);

    /** What we recommend: sentences, stages drawn so that each word learns about as often. */
    public static final MatteSettings RECOMMENDED = new MatteSettings(
            true,
            "photo",
            List.of(0.0, 0.30, 0.35, 0.35),
            Form.DISTANCES,
            Space.TOKEN,
            SHARE,
            PULL,
            EQUAL,
            OBJECT,
            true);

    /** Checks the ranges. */
    public MatteSettings {
        stageShares = List.copyOf(stageShares);
        if (!(share >= 0) || !(pull >= 0) || !(equal >= 0) || !(object >= 0)) {
            throw new IllegalArgumentException("the weights of MATTE's losses must be at least 0, got share " + share
                    + ", pull " + pull + ", equal " + equal + ", object " + object);
        }
        if (stageShares.stream().anyMatch(each -> !(each >= 0))
                || (!stageShares.isEmpty()
                        && stageShares.stream().mapToDouble(Double::doubleValue).sum() <= 0)) {
            throw new IllegalArgumentException("shares of stages must be at least 0 and not all 0, got " + stageShares);
        }
    }

    /** The same with another word for a picture. */
    public MatteSettings withNoun(String word) {
        return new MatteSettings(sentences, word, stageShares, form, space, share, pull, equal, object, equalLayout);
    }

    /** The same with stages drawn otherwise. */
    public MatteSettings withStageShares(List<Double> shares) {
        return new MatteSettings(sentences, noun, shares, form, space, share, pull, equal, object, equalLayout);
    }

    /** The same with other distances. */
    public MatteSettings with(Form newForm, Space newSpace) {
        return new MatteSettings(
                sentences, noun, stageShares, newForm, newSpace, share, pull, equal, object, equalLayout);
    }

    /** The same with other weights; a share of 0 takes them as they are. */
    public MatteSettings withWeights(double newShare, double newPull, double newEqual, double newObject) {
        return new MatteSettings(
                sentences, noun, stageShares, form, space, newShare, newPull, newEqual, newObject, equalLayout);
    }
}
