package dev.hapax.vae;

import dev.hapax.tensor.Tensor;

/**
 * What an image says about its latents: an independent normal distribution for each (Kingma and Welling 2014).
 *
 * @param mean (b, c, h, w)
 * @param logvar logarithm of the variance, (b, c, h, w), within [-30, 20]
 */
public record Posterior(Tensor mean, Tensor logvar) {

    /** From an encoder's output (b, 2c, h, w): means, then log variances, clamped to [-30, 20] as in diffusers. */
    static Posterior ofMoments(Tensor moments) {
        var halves = moments.chunk(2, 1); // 2 x (b, c, h, w)
        return new Posterior(halves.get(0), halves.get(1).clamp(-30, 20));
    }

    /** The latents at standard normal noise {@code eps} (b, c, h, w): {@code mean + exp(logvar / 2) eps}. */
    public Tensor sample(Tensor eps) {
        return mean.plus(logvar.times(0.5).exp().times(eps));
    }

    /** The most probable latents (b, c, h, w). */
    public Tensor mode() {
        return mean;
    }

    /** Kullback-Leibler divergence from the standard normal, in nats, summed over each image: (b). */
    public Tensor kl() {
        return mean.square()
                .plus(logvar.exp())
                .minus(1)
                .minus(logvar)
                .sum(false, 1, 2, 3)
                .times(0.5);
    }
}
