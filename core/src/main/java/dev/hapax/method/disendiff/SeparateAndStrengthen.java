package dev.hapax.method.disendiff;

import dev.hapax.learning.AttentionNeed;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * L_s&amp;s: classes look at different places, {@code |C_i and C_j| / |C_i or C_j|}; the union in the denominator keeps
 * their maps strong. The mean over all pairs, as in the authors' code, and over the batch (Zhang et al. 2024, equation 5).
 */
record SeparateAndStrengthen(List<Subject> subjects, AttentionShape shape) implements LossTerm<DenoisingPass> {
    @Override
    public String name() {
        return "separate and strengthen";
    }

    @Override
    public List<String> mentions() {
        return subjects.stream().map(Subject::phrase).toList();
    }

    @Override
    public AttentionNeed attention() {
        return AttentionNeed.gradient(DisenDiffSettings.MAPS);
    }

    @Override
    public Tensor of(DenoisingPass batch) {
        DenoisingPass pass = batch.subjects();
        List<Tensor> maps =
                subjects.stream().map(subject -> shape.ofClass(pass, subject)).toList();
        List<Tensor> overlaps = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            for (int j = i + 1; j < maps.size(); j++) {
                overlaps.add(AttentionShape.overlap(maps.get(i), maps.get(j))); // (b)
            }
        }
        return Tensor.stack(overlaps, 0).mean();
    }
}
