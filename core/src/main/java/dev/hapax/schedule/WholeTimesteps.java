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

    /** For methods that divide what is predicted by the sample's weight if it is noise: refuses timesteps without it. */
    WholeTimesteps requireSignalForEpsilon() {
        return schedule.prediction() == PredictionType.EPSILON
                ? requireSignal("this sampler divides when the model predicts epsilon")
                : this;
    }

    /** For methods that divide by the sample's weight: refuses timesteps of pure noise, where it is 0. */
    WholeTimesteps requireSignal(String divides) {
        for (long t : timesteps) {
            if (schedule.alphaCumprod(Math.toIntExact(t)) == 0) {
                throw new IllegalArgumentException("rescale_betas_zero_snr leaves nothing of the sample at timestep "
                        + t + ", by which " + divides + "; take euler or dpm++2m");
            }
        }
        return this;
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
