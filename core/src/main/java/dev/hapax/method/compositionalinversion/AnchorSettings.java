package dev.hapax.method.compositionalinversion;

/**
 * How strongly, and to how many anchors, a learned word is pulled.
 *
 * @param weight lambda of equation 10, in [0, 1]: what the anchors weigh; reconstruction weighs the rest of 1
 * @param atoms the most anchors at a time, the paper's c - 1, at least 1
 * @param refresh steps between two choices of anchors, at least 1
 * @param classShare the least share of the word's own class among the anchors, in [0, 1]; 0 leaves the class out
 * @param reduction by what the squared distance is divided
 */
public record AnchorSettings(double weight, int atoms, long refresh, double classShare, Reduction reduction) {

    /** By what the squared distances are divided. */
    public enum Reduction {
        /**
         * The number of anchors in the vocabulary, as equation 6 is printed. With lambda of 0.95 a word that starts on an
         * anchor does not leave it (measured, see decision 29).
         */
        ANCHORS,
        /** The numbers in the encoder's whole input, as the mean over it in the authors' code comes out. */
        TOKENS,
        /** Nothing. */
        SUM
    }

    private static final int ATOMS = 4; // our choice; the paper leaves c open
    private static final long REFRESH = 50; // our choice; the paper does not say
    private static final double TEXTUAL_INVERSION_WEIGHT = 0.95; // paper, also for Custom Diffusion
    private static final double DREAMBOOTH_WEIGHT = 0.6; // paper
    private static final double DREAMBOOTH_WEIGHT_OF_CODE = 0.4; // the authors' script

    /**
     * The paper for Textual Inversion and Custom Diffusion: sparse coding on the vocabulary, weights 0.05 and 0.95. Squares
     * are divided as in the authors' code, from which the paper's figures are, and not as printed (decision 29).
     */
    public static final AnchorSettings PAPER =
            new AnchorSettings(TEXTUAL_INVERSION_WEIGHT, ATOMS, REFRESH, 0, Reduction.TOKENS);

    /** The paper for DreamBooth: weights 0.4 and 0.6. */
    public static final AnchorSettings PAPER_DREAMBOOTH = PAPER.withWeight(DREAMBOOTH_WEIGHT);

    /** The authors' code for Textual Inversion and Custom Diffusion: the class is the only anchor. */
    public static final AnchorSettings CODE =
            new AnchorSettings(TEXTUAL_INVERSION_WEIGHT, 1, REFRESH, 1, Reduction.TOKENS);

    /** The authors' script for DreamBooth: weights 0.6 and 0.4. */
    public static final AnchorSettings CODE_DREAMBOOTH = CODE.withWeight(DREAMBOOTH_WEIGHT_OF_CODE);

    /** Checks the ranges. */
    public AnchorSettings {
        if (!(weight >= 0 && weight <= 1) || atoms < 1 || refresh < 1 || !(classShare >= 0 && classShare <= 1)) {
            throw new IllegalArgumentException("the weight of anchors must be in [0, 1], atoms and refresh at least 1,"
                    + " the share of the class in [0, 1]; got " + weight + ", " + atoms + ", " + refresh + ", "
                    + classShare);
        }
    }

    /** The same with another weight. */
    public AnchorSettings withWeight(double lambda) {
        return new AnchorSettings(lambda, atoms, refresh, classShare, reduction);
    }

    /** The same with another number of anchors at a time. */
    public AnchorSettings withAtoms(int most) {
        return new AnchorSettings(weight, most, refresh, classShare, reduction);
    }

    /** The same with at least this share for the word's own class. */
    public AnchorSettings withClassShare(double share) {
        return new AnchorSettings(weight, atoms, refresh, share, reduction);
    }

    /** The same with another division. */
    public AnchorSettings withReduction(Reduction other) {
        return new AnchorSettings(weight, atoms, refresh, classShare, other);
    }

    /** By what squared distances to anchors of this table are divided. */
    double divisor(AnchorTable table) {
        return switch (reduction) {
            case ANCHORS -> table.names().size();
            case TOKENS -> (double) table.tokens() * table.width();
            case SUM -> 1;
        };
    }
}
