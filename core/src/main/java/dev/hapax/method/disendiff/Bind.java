package dev.hapax.method.disendiff;

import dev.hapax.learning.AttentionNeed;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * L_bind: each modifier looks where its class does, {@code sum_i 1 - |M_i and C_i| / |M_i or C_i|}, the class held fixed;
 * the mean over the batch (Zhang et al. 2024, equation 3).
 */
record Bind(List<Subject> subjects, AttentionShape shape) implements LossTerm<DenoisingPass> {
    @Override
    public String name() {
        return "bind";
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
        Tensor sum = Tensor.scalar(0);
        for (Subject subject : subjects) {
            Tensor place = shape.ofClass(pass, subject).detach();
            Tensor overlap = AttentionShape.overlap(place, shape.modifier(pass, subject)); // (b)
            sum = sum.plus(1).minus(overlap.mean());
        }
        return sum;
    }
}
