package dev.hapax.diffusion;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One gradient step on the latents, {@code x - rate d penalty / d x}, before each of the first calls (Chefer et al.
 * 2023, "Attend-and-Excite", equation 2).
 *
 * @param layers whose maps the penalty reads
 * @param penalty of the maps
 * @param rate of the step, as a function of the part of the run that is done, in [0, 1)
 * @param until the part of the run in which to guide, in [0, 1]
 */
public record AttentionGuide(LayerChoice layers, Penalty penalty, DoubleUnaryOperator rate, double until)
        implements Guide {

    /** What shall be small. */
    @FunctionalInterface
    public interface Penalty {
        /** A scalar, differentiable in the maps. */
        Tensor of(AttentionMaps maps);
    }

    @Override
    public Tensor move(Tensor latents, Moment moment) {
        double done = (double) moment.call() / moment.calls();
        if (done >= until) {
            return latents;
        }
        Tensor leaf = latents.detach().requiresGrad(true);
        Tensor value = penalty.of(moment.look(leaf, layers));
        Tensor gradient = Gradients.of(value, List.of(leaf)).get(0);
        return latents.minus(gradient.times(rate.applyAsDouble(done)));
    }
}
