package dev.hapax.diffusion;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Tensor;
import java.util.function.BiFunction;

/** A point in a run at which a {@link Guide} may step in. */
public final class Moment {
    private final Trajectory run;
    private final int call;
    private final BiFunction<Tensor, LayerChoice, AttentionMaps> look;

    Moment(Trajectory run, int call, BiFunction<Tensor, LayerChoice, AttentionMaps> look) {
        this.run = run;
        this.call = call;
        this.look = look;
    }

    /** The coming model call, from 0. */
    public int call() {
        return call;
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
     * Who looks where at these latents under the prompt (without the negative one), differentiable in the latents if
     * they require a gradient.
     *
     * @param latents (images, channels, h, w)
     */
    public AttentionMaps look(Tensor latents, LayerChoice layers) {
        return look.apply(latents, layers);
    }
}
