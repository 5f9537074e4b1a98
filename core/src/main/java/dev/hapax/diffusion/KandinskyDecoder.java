package dev.hapax.diffusion;

import dev.hapax.schedule.Ddpm;
import dev.hapax.schedule.Sampler;
import dev.hapax.schedule.Trajectory;
import dev.hapax.schedule.VarianceType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.ImageConditions;
import dev.hapax.unet.KandinskyUNet;
import dev.hapax.vae.Movq;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Draws the image of a CLIP embedding with Kandinsky 2.1 or 2.2 (Razzhigaev et al. 2023), with classifier-free guidance,
 * as diffusers' {@code KandinskyPipeline} and {@code KandinskyV22Pipeline} do.
 *
 * @param unet predicts the noise
 * @param movq decodes latents
 * @param sampler from noise to latents
 * @param steps of it
 * @param guidance how far to go from the prediction for nothing towards that for the embedding (Ho and Salimans 2022); 1
 *     is no guidance
 */
public record KandinskyDecoder(KandinskyUNet unet, Movq movq, Sampler sampler, int steps, double guidance) {
    /** Checks the number of steps and the channels. */
    public KandinskyDecoder {
        if (steps < 1) {
            throw new IllegalArgumentException("a decoder needs at least 1 step, got " + steps);
        }
        int channels = unet.inChannels();
        boolean variance = unet.outChannels() == 2 * channels;
        if (movq.latentChannels() != channels || !(variance || unet.outChannels() == channels)) {
            throw new IllegalArgumentException("a U-Net from " + channels + " to " + unet.outChannels()
                    + " channels does not fit an autoencoder of " + movq.latentChannels()
                    + "; do unet and movq belong together?");
        }
        if (!variance && learnsVariance(sampler)) {
            throw new IllegalArgumentException("the sampler wants a learned variance, which a U-Net of "
                    + unet.outChannels() + " channels does not predict; set variance_type to fixed_small");
        }
    }

    /** Height or width of the latents for so many pixels: enough for whole blocks of the U-Net. */
    public int latentSide(int pixels) {
        int reduction = movq.reduction();
        int block = reduction * reduction;
        return (pixels + block - 1) / block * reduction;
    }

    /**
     * Latents of images of embeddings.
     *
     * @param what b embeddings (and texts, for 2.1)
     * @param instead what guidance leads away from: b embeddings of nothing, or of what must not be; not read without
     *     guidance
     * @param start standard normal noise, (b, latent channels, h, w)
     * @param noise makes standard normal noise of that shape for each step that needs it
     * @param watch is shown the latents after each step; they live only while it looks
     * @return (b, latent channels, h, w)
     */
    public Tensor sample(
            ImageConditions what,
            ImageConditions instead,
            Tensor start,
            Supplier<Tensor> noise,
            Consumer<Tensor> watch) {
        ImageConditions conditions = guidance > 1 ? instead.then(what) : what;
        try (Trajectory run = sampler.start(steps)) {
            Tensor x = start.times(run.initNoiseSigma());
            for (int call = 0; call < run.calls(); call++) {
                Tensor before = x;
                int now = call;
                x = Scope.run(() -> {
                    Tensor input = run.scaleModelInput(before, now);
                    Tensor time = Tensor.scalar(run.timestep(now)).to(input.device());
                    Tensor predicted =
                            unet.predict(guidance > 1 ? Tensor.cat(List.of(input, input), 0) : input, time, conditions);
                    return run.step(guided(predicted), now, before, noise).sample();
                });
                watch.accept(x);
            }
            return x;
        }
    }

    /** Images of latents, (b, 3, h reduction, w reduction) in [0, 1]. */
    public Tensor images(Tensor latents) {
        return movq.decode(latents).times(0.5).plus(0.5).clamp(0, 1);
    }

    /** The noise is guided; the variance, where the sampler wants it, is that for the embedding. */
    private Tensor guided(Tensor predicted) {
        int channels = unet.inChannels();
        Tensor noise = predicted.narrow(1, 0, channels);
        List<Tensor> noises = guidance > 1 ? noise.chunk(2, 0) : List.of(noise, noise);
        Tensor nothing = noises.get(0);
        Tensor result = guidance > 1 ? nothing.plus(noises.get(1).minus(nothing).times(guidance)) : noise;
        if (!learnsVariance(sampler)) {
            return result;
        }
        long batch = result.size(0);
        Tensor variance = predicted.narrow(1, channels, channels).narrow(0, predicted.size(0) - batch, batch);
        return Tensor.cat(List.of(result, variance), 1);
    }

    private static boolean learnsVariance(Sampler sampler) {
        return sampler instanceof Ddpm ddpm && ddpm.variance() == VarianceType.LEARNED_RANGE;
    }
}
