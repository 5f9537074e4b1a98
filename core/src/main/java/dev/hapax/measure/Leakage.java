package dev.hapax.measure;

import java.util.List;

/**
 * Whether a word alone draws its own thing or the other one of the picture that both were learned from. Each image is
 * compared with the crops of the two things by the cosine of CLIP image embeddings.
 *
 * @param images how many images were judged
 * @param own mean cosine with the crop of the word's own thing
 * @param other mean cosine with the crop of the other thing
 * @param ownShare share of the images that are nearer to their own crop; 0.5 is chance
 */
public record Leakage(int images, double own, double other, double ownShare) {

    /** Judges images that were drawn with one word. */
    public static Leakage of(List<Embedding> drawn, Embedding ownCrop, Embedding otherCrop) {
        if (drawn.isEmpty()) {
            throw new IllegalArgumentException("leakage is judged from at least one image");
        }
        long nearer = drawn.stream()
                .filter(image -> image.cosine(ownCrop) > image.cosine(otherCrop))
                .count();
        return new Leakage(
                drawn.size(), ownCrop.meanCosine(drawn), otherCrop.meanCosine(drawn), (double) nearer / drawn.size());
    }
}
