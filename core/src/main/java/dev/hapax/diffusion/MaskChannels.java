package dev.hapax.diffusion;

import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Inpainting by a U-Net that was trained for it and reads, beside the latents, the mask and the latents of what is left
 * of the picture (Rombach et al. 2022, section 4.5; the order of the channels is diffusers').
 *
 * @param mask (1, 1, h, w), 1 where to paint anew, else 0
 * @param masked latents of the picture without that part, (images, channels, h, w)
 */
public record MaskChannels(Tensor mask, Tensor masked) implements Inpainting {
    @Override
    public Tensor input(Tensor latents) {
        Tensor each = mask.expand(latents.size(0), 1, mask.size(2), mask.size(3));
        return Tensor.cat(List.of(latents, each, masked), 1); // (images, 2 channels + 1, h, w)
    }
}
