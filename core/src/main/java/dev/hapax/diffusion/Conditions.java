package dev.hapax.diffusion;

/** What the U-Net is told in the course of a run; in ProSpect and MATTE it changes with the timestep. */
@FunctionalInterface
public interface Conditions {
    /** The condition at a timestep. Give back the same object as long as nothing changes. */
    Condition at(double timestep);

    /** The same condition throughout. */
    static Conditions constant(Condition condition) {
        return timestep -> condition;
    }
}
