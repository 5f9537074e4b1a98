package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;

/** The noise levels {@code sigma / alpha} of one run, with what the model is told at each. */
final class Levels {
    private final double[] timesteps;
    private final double[] levels;
    private final double initNoiseSigma;

    /**
     * Levels of a run.
     *
     * @param timesteps what the model is told, one for each step
     * @param levels one for each step and the one that the last step ends at
     * @param initNoiseSigma the standard deviation of the first sample
     */
    Levels(double[] timesteps, double[] levels, double initNoiseSigma) {
        this.timesteps = timesteps;
        this.levels = levels;
        this.initNoiseSigma = initNoiseSigma;
    }

    int steps() {
        return timesteps.length;
    }

    double timestep(int i) {
        return timesteps[i];
    }

    double at(int i) {
        return levels[i];
    }

    double initNoiseSigma() {
        return initNoiseSigma;
    }

    /** {@code clean + level noise}: a noised sample on Karras's scale. */
    Tensor exploding(Tensor clean, Tensor noise, int i) {
        return clean.plus(noise.times(levels[i]));
    }

    /** {@code alpha clean + sigma noise}: a noised sample on the model's scale. */
    Tensor preserving(Tensor clean, Tensor noise, int i) {
        return clean.times(alpha(i)).plus(noise.times(sigma(i)));
    }

    /** From Karras's scale to the model's. */
    Tensor scaled(Tensor x, int i) {
        return x.times(alpha(i));
    }

    /** The clean sample's weight on the model's scale. */
    double alpha(int i) {
        return 1 / Math.sqrt(levels[i] * levels[i] + 1);
    }

    /** The noise's weight on the model's scale. */
    double sigma(int i) {
        return levels[i] * alpha(i);
    }

    /** Half the logarithm of the signal-to-noise ratio; infinite where there is no noise. */
    double lambda(int i) {
        return -Math.log(levels[i]);
    }

    /** The estimate of the clean sample behind {@code x}, a sample with this much noise on Karras's scale. */
    static Tensor clean(PredictionType prediction, Tensor output, Tensor x, double level) {
        double norm = level * level + 1;
        return switch (prediction) {
            case EPSILON -> x.minus(output.times(level));
            case V_PREDICTION -> x.over(norm).minus(output.times(level / Math.sqrt(norm)));
            case SAMPLE -> output;
        };
    }
}
