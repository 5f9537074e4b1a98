package dev.hapax.measure;

import java.util.List;

/**
 * How different images of one prompt are: the mean distance over all pairs,
 *
 * <pre>  2/(n (n - 1)) sum_{i < j} (1 - cos(E(x_i), E(x_j))).</pre>
 *
 * The form of the diversity of Ruiz et al. 2023 (section 4.3), who take LPIPS for the distance; the cosine of a judge's
 * embeddings is our choice, because it is measured by the judges that are there. 0 if all images are alike to the judge.
 */
public final class Diversity {
    private Diversity() {}

    /**
     * Compares images with each other.
     *
     * @return in [0, 2]
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static double of(List<Embedding> images) {
        int n = images.size();
        if (n < 2) {
            throw new IllegalArgumentException("diversity is measured between at least two images, got " + n);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                sum += 1 - images.get(i).cosine(images.get(j));
            }
        }
        return sum / (n * (n - 1) / 2.0);
    }
}
