package dev.hapax.measure;

/**
 * How well an image fits a text by CLIP, in the two ways that papers report it. With E for CLIP's embeddings, v for the
 * image and c for the text,
 *
 * <pre>
 * cosine    = cos(E(v), E(c))                                       Gal et al. 2022, section 5
 * CLIPScore = 2.5 max(cos(E(v), E("A photo depicts " + c)), 0)      Hessel et al. 2021, equation 1
 * </pre>
 *
 * The text is one that CLIP knows: without learned words.
 *
 * @param cosine in [-1, 1]
 * @param clipScore in [0, 2.5]
 */
public record TextAlignment(double cosine, double clipScore) {
    private static final String PREFIX = "A photo depicts "; // Hessel et al. 2021, section 3
    private static final double SCALE = 2.5; // Hessel et al. 2021, equation 1

    /**
     * A text to compare images with.
     *
     * @param plain as it is
     * @param prefixed behind CLIPScore's prefix
     */
    public record Text(Embedding plain, Embedding prefixed) {
        /** Places a text. */
        public static Text of(ClipJudge judge, String text) {
            return new Text(judge.of(text), judge.of(PREFIX + text));
        }
    }

    /** Compares an image with a text. */
    public static TextAlignment of(Embedding image, Text text) {
        return new TextAlignment(image.cosine(text.plain()), SCALE * Math.max(image.cosine(text.prefixed()), 0));
    }
}
