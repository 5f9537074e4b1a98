package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * One run of a {@link Sampler}: a fixed list of model calls and what the method remembers between them.
 *
 * <pre>{@code
 * try (Trajectory run = sampler.start(30)) {
 *     Tensor x = unitNoise.times(run.initNoiseSigma());
 *     for (int call = 0; call < run.calls(); call++) {
 *         Tensor output = model(run.scaleModelInput(x, call), run.timestep(call));
 *         x = run.step(output, call, x, noise).sample();
 *     }
 * }
 * }</pre>
 *
 * <p>A run may begin at a later call (image to image), with {@link #noisy}; from there on every call follows the one
 * before. Everything is differentiable. What a run remembers outlives scopes and is freed by {@link #close()}.
 */
public interface Trajectory extends AutoCloseable {

    /** How often the model is called. */
    int calls();

    /** The timestep that the model is told at this call, in [0, trained timesteps); some methods use fractions. */
    double timestep(int call);

    /** The call at which a step begins; not every call begins one. */
    default int firstCallOf(int step) {
        return step;
    }

    /** The standard deviation of the noise to start from. */
    default double initNoiseSigma() {
        return 1;
    }

    /** What the model is given at this call in place of {@code x}. */
    default Tensor scaleModelInput(Tensor x, int call) {
        return x;
    }

    /** A clean sample with standard normal noise as strong as this call expects it; all of the same shape. */
    Tensor noisy(Tensor clean, Tensor noise, int call);

    /**
     * The sample after this call.
     *
     * @param modelOutput the model's output for {@code scaleModelInput(x, call)} at {@code timestep(call)}
     * @param x the sample before
     * @param noise makes standard normal noise of x's shape; asked only by methods that add noise, once per such step
     */
    Step step(Tensor modelOutput, int call, Tensor x, Supplier<Tensor> noise);

    /** Frees what the run remembers. */
    @Override
    default void close() {}
}
