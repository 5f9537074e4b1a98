package dev.hapax.diffusion;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.function.BiFunction;

/** A point in a run at which a {@link Guide} may step in. */
public final class Moment {
    private final Trajectory run;
    private final int call;
    private final int first;
    private final BiFunction<Tensor, LayerChoice, AttentionMaps> look;

    Moment(Trajectory run, int call, int first, BiFunction<Tensor, LayerChoice, AttentionMaps> look) {
        this.run = run;
        this.call = call;
        this.first = first;
        this.look = look;
    }

    /** The coming model call, from 0. */
    public int call() {
        return call;
    }

    /** How many calls were made before it: as many as its number, but for images that begin from a picture. */
    public int made() {
        return call - first;
    }

    /** The number of model calls in a whole run. */
    public int calls() {
        return run.calls();
    }

    /** The timestep of the coming call. */
    public double timestep() {
        return run.timestep(call);
    }

    /**
     * The standard deviation of the noise in the latents of the coming call, in the run's own units: sigma where the
     * noise is added to the picture as it is (Euler, Euler ancestral, LMS, Heun), {@code sqrt(1 - a_t)} where picture and
     * noise share the variance (the others).
     */
    public double noiseLevel() {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor none = Tensor.zeros(DType.FLOAT32, 1);
            return run.noisy(none, none.plus(1), call).item();
        }
    }

    /**
     * Who looks where at these latents under the prompt (without the negative one), differentiable in the latents if
     * they require a gradient.
     *
     * @param latents (images, channels, h, w)
     */
    public AttentionMaps look(Tensor latents, LayerChoice layers) {
        return look.apply(latents, layers);
    }
}
