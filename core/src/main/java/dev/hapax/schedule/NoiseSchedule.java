package dev.hapax.schedule;

import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How much noise is in a sample at each of the training timesteps 0, 1, ..., {@link #timesteps()} - 1, and what the
 * model was trained to predict there.
 *
 * <p>A noised sample is {@code x_t = sqrt(a_t) clean + sqrt(1 - a_t) noise} with {@code a_t} the cumulative product of
 * {@code 1 - beta} (Ho et al. 2020, equation 4). The tables are float32, as in diffusers.
 */
public final class NoiseSchedule {
    private final float[] betas;
    private final float[] alphasCumprod;
    private final PredictionType prediction;

    private NoiseSchedule(float[] betas, PredictionType prediction) {
        for (float beta : betas) {
            if (!(beta >= 0 && beta <= 1)) {
                throw new IllegalArgumentException("every beta must be in [0, 1], got " + beta);
            }
        }
        this.betas = betas;
        this.alphasCumprod = cumulativeAlphas(betas);
        this.prediction = prediction;
    }

    /**
     * The schedule that a {@code scheduler_config.json} describes.
     *
     * @throws IllegalArgumentException if a key or value is unknown
     */
    public static NoiseSchedule of(Config config) {
        return SchedulerConfig.of(config).schedule();
    }

    /**
     * A schedule by formula, for example {@code of(SCALED_LINEAR, 1000, 0.00085, 0.012, EPSILON)}, Stable Diffusion's.
     *
     * @param timesteps the number of training timesteps, at least 1
     */
    public static NoiseSchedule of(
            BetaSchedule formula, int timesteps, double betaStart, double betaEnd, PredictionType prediction) {
        if (timesteps < 1) {
            throw new IllegalArgumentException("a schedule needs at least 1 timestep, got " + timesteps);
        }
        return new NoiseSchedule(formula.betas(timesteps, betaStart, betaEnd), prediction);
    }

    /** A schedule with these betas, one for each timestep: {@code trained_betas}. */
    public static NoiseSchedule ofBetas(float[] betas, PredictionType prediction) {
        return new NoiseSchedule(betas.clone(), prediction);
    }

    /** The same stretched so that nothing of the sample is left at the last timestep (Lin et al. 2024, algorithm 1). */
    public NoiseSchedule withZeroTerminalSnr() {
        int n = betas.length;
        float first = (float) Math.sqrt(alphasCumprod[0]);
        float last = (float) Math.sqrt(alphasCumprod[n - 1]);
        float scale = first / (first - last);
        float[] rescaled = new float[n];
        float before = 1;
        for (int t = 0; t < n; t++) {
            float root = ((float) Math.sqrt(alphasCumprod[t]) - last) * scale;
            float product = root * root;
            rescaled[t] = 1 - product / before;
            before = product;
        }
        return new NoiseSchedule(rescaled, prediction);
    }

    /** The number of training timesteps. */
    public int timesteps() {
        return betas.length;
    }

    /** What the model predicts. */
    public PredictionType prediction() {
        return prediction;
    }

    /** The variance added at timestep t. */
    public double beta(int t) {
        return betas[t];
    }

    /** The squared weight of the clean sample at timestep t; the noise has the rest. */
    public double alphaCumprod(int t) {
        return alphasCumprod[t];
    }

    /** The signal-to-noise ratio {@code a / (1 - a)} at timestep t. */
    public double snr(int t) {
        return alphaCumprod(t) / (1 - alphaCumprod(t));
    }

    /** Whether the last timestep is pure noise. */
    public boolean endsInPureNoise() {
        return alphasCumprod[alphasCumprod.length - 1] == 0;
    }

    /**
     * Samples with noise added.
     *
     * @param clean (b, ...)
     * @param noise standard normals, of the same shape
     * @param timesteps b of them
     */
    public Tensor addNoise(Tensor clean, Tensor noise, long... timesteps) {
        Tensor alpha = column(clean, timesteps, Math::sqrt);
        Tensor sigma = column(clean, timesteps, a -> Math.sqrt(1 - a));
        return clean.times(alpha).plus(noise.times(sigma));
    }

    /** The velocity {@code sqrt(a) noise - sqrt(1 - a) clean}; shapes as in {@link #addNoise}. */
    public Tensor velocity(Tensor clean, Tensor noise, long... timesteps) {
        Tensor alpha = column(clean, timesteps, Math::sqrt);
        Tensor sigma = column(clean, timesteps, a -> Math.sqrt(1 - a));
        return noise.times(alpha).minus(clean.times(sigma));
    }

    /** What the model ought to predict for {@code addNoise(clean, noise, timesteps)}. */
    public Tensor target(Tensor clean, Tensor noise, long... timesteps) {
        return switch (prediction) {
            case EPSILON -> noise;
            case V_PREDICTION -> velocity(clean, noise, timesteps);
            case SAMPLE -> clean;
        };
    }

    /** The estimate of the clean samples behind noised samples {@code x} (b, ...), from the model's output for them. */
    public Tensor clean(Tensor output, Tensor x, long... timesteps) {
        Tensor alpha = column(x, timesteps, Math::sqrt);
        Tensor sigma = column(x, timesteps, a -> Math.sqrt(1 - a));
        return switch (prediction) {
            case EPSILON -> x.minus(output.times(sigma)).over(alpha);
            case V_PREDICTION -> x.times(alpha).minus(output.times(sigma));
            case SAMPLE -> output;
        };
    }

    /** One number for each timestep as a function of a_t, shaped (b, 1, ...) to be broadcast over {@code like}. */
    private Tensor column(Tensor like, long[] timesteps, DoubleUnaryOperator ofAlphaCumprod) {
        if (like.rank() == 0 || like.size(0) != timesteps.length) {
            throw new IllegalArgumentException("one timestep is needed for each sample: got " + timesteps.length
                    + " for samples of shape " + Arrays.toString(like.shape()));
        }
        double[] values = new double[timesteps.length];
        for (int i = 0; i < values.length; i++) {
            long t = timesteps[i];
            if (t < 0 || t >= betas.length) {
                throw new IllegalArgumentException("timestep " + t + " is not in [0, " + betas.length + ")");
            }
            values[i] = ofAlphaCumprod.applyAsDouble(alphasCumprod[(int) t]);
        }
        long[] shape = new long[like.rank()];
        Arrays.fill(shape, 1);
        shape[0] = values.length;
        return Tensor.of(values, shape).to(like.dtype()).to(like.device()); // (b, 1, ..., 1)
    }

    private static float[] cumulativeAlphas(float[] betas) {
        float[] products = new float[betas.length];
        double product = 1; // libtorch accumulates float products in double
        for (int t = 0; t < betas.length; t++) {
            product *= 1 - betas[t];
            products[t] = (float) product;
        }
        return products;
    }
}
