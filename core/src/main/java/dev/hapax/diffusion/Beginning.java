package dev.hapax.diffusion;

import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;
import java.util.Optional;

/**
 * Where a run begins.
 *
 * @param call the first
 * @param latents noised for it, (images, channels, h, w), fp32
 * @param inpainting how a mask takes part
 */
record Beginning(int call, Tensor latents, Inpainting inpainting) {
    private static final int PICTURE = 0; // which draw of the autoencoder's noise
    private static final int MASKED = 1;

    /** From noise alone. */
    static Beginning ofNoise(Trajectory run, ImageNoise noise) {
        return new Beginning(0, noise.draw(Purpose.LATENTS, 0).times(run.initNoiseSigma()), Inpainting.NONE);
    }

    /** From a picture; {@code steps} is how many the whole run has. */
    static Beginning of(
            StableDiffusion model, StartImage start, Canvas canvas, Trajectory run, int steps, ImageNoise noise) {
        Raster picture = canvas.fit(start.picture());
        Optional<MaskedPicture> masked = start.mask().map(mask -> MaskedPicture.of(picture, mask.on(canvas)));
        masked.ifPresent(part -> requireSomething(part, model.vae().reduction()));
        try (Gradients.Region frozen = Gradients.off()) {
            Tensor unit = noise.draw(Purpose.LATENTS, 0);
            Tensor encoded = model.latents(MaskedPicture.pixels(picture), noise.draw(Purpose.VAE, PICTURE))
                    .to(DType.FLOAT32); // (images, channels, h / r, w / r)
            Inpainting inpainting = masked.map(
                            part -> part.inpainting(model, encoded, noise.draw(Purpose.VAE, MASKED), unit))
                    .orElse(Inpainting.NONE);
            int call = run.firstCallOf(steps - start.stepsOf(steps));
            boolean anew = start.mask().isPresent() && start.strength() == 1;
            Tensor latents = anew ? unit.times(run.initNoiseSigma()) : run.noisy(encoded, unit, call);
            return new Beginning(call, latents, inpainting);
        }
    }

    private static void requireSomething(MaskedPicture picture, int reduction) {
        if (picture.small(reduction).sum().item() == 0) {
            throw new IllegalArgumentException(
                    "the mask leaves nothing to paint anew in " + picture.mask().size(3)
                            + "x" + picture.mask().size(2) + " pixels: of every " + reduction + " x " + reduction
                            + " pixels the first decides, and none of these is white; paint a larger part of the mask white");
        }
    }
}
