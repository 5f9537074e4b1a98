/**
 * Noise: how much of it training adds at each timestep ({@link dev.hapax.schedule.NoiseSchedule}), and how sampling
 * takes it away again ({@link dev.hapax.schedule.Sampler}, one published method per file).
 *
 * <p>Notation: at timestep t a noised sample is {@code x = alpha * clean + sigma * noise} with {@code alpha^2 +
 * sigma^2 = 1} and {@code alpha^2 = alphasCumprod[t]}. Tables hold float32 values because the models were trained with
 * such tables; the arithmetic on single numbers is double, the arithmetic on tensors is in the type of the sample.
 */
@NullMarked
package dev.hapax.schedule;

import org.jspecify.annotations.NullMarked;
