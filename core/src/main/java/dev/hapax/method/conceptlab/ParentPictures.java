package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorPass;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Parents by their pictures: for each sample one picture of each parent, by chance (authors' {@code coach_evolution.py}).
 *
 * @param parents the image embeddings of each parent's pictures, (n, width) each
 */
record ParentPictures(List<Tensor> parents, Rng rng) implements Constraint {
    @Override
    public Tensor directions(PriorPass pass) {
        List<Tensor> samples = new ArrayList<>();
        for (int b = 0; b < pass.prompts().size(); b++) {
            List<Tensor> chosen = new ArrayList<>();
            for (int k = 0; k < parents.size(); k++) {
                Tensor pictures = parents.get(k);
                int one = rng.below((int) pictures.size(0), Purpose.SHUFFLE, pass.step(), b, k);
                chosen.add(pictures.select(0, one)); // (width)
            }
            samples.add(ClipModel.normalised(Tensor.stack(chosen, 0))); // (k, width)
        }
        return Tensor.stack(samples, 1); // (k, b, width)
    }
}
