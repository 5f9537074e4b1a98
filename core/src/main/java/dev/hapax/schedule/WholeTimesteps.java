package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;

/** The calls of samplers that go from one whole timestep to another, on the model's own scale. */
final class WholeTimesteps {
    private final NoiseSchedule schedule;
    private final long[] timesteps;

    WholeTimesteps(NoiseSchedule schedule, long[] timesteps) {
        this.schedule = schedule;
        this.timesteps = timesteps;
    }

    int calls() {
        return timesteps.length;
    }

    int at(int call) {
        return Math.toIntExact(timesteps[call]);
    }

    boolean isLast(int call) {
        return call == timesteps.length - 1;
    }

    /** {@code sqrt(a_t) clean + sqrt(1 - a_t) noise}, the same timestep for the whole batch. */
    Tensor noisy(Tensor clean, Tensor noise, int call) {
        double a = schedule.alphaCumprod(at(call));
        return clean.times(Math.sqrt(a)).plus(noise.times(Math.sqrt(1 - a)));
    }
}
