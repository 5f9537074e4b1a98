package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;

/**
 * What one model call led to.
 *
 * @param sample the next, less noisy sample
 * @param clean the estimate of the clean sample at this call, clipped if the sampler clips
 */
public record Step(Tensor sample, Tensor clean) {}
