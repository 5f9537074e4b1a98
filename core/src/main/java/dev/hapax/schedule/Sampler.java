package dev.hapax.schedule;

/** A way from noise to a sample: the settings of one method. The state of a run lives in its {@link Trajectory}. */
public interface Sampler {

    /** The noise schedule that the model was trained with. */
    NoiseSchedule schedule();

    /**
     * A new run.
     *
     * @param steps how many steps from noise to sample; a method may call the model more often than that
     * @throws IllegalArgumentException if the method cannot do it in so many steps
     */
    Trajectory start(int steps);
}
