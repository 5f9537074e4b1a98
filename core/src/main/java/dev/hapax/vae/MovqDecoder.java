package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Latents to an image: residual blocks at ever finer resolutions, which keep looking at the latents. */
record MovqDecoder(Conv2d convIn, MovqMid mid, List<MovqLevel> levels, LatentNorm normOut, Conv2d convOut) {

    static MovqDecoder of(MovqConfig config, Weights weights) {
        MovqNorms norms = new MovqNorms(config, config.spatial());
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        List<MovqLevel> levels = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            levels.add(MovqLevel.up(
                    norms,
                    weights.at("up_blocks").at(i),
                    channels.get(Math.min(last, last - i + 1)),
                    channels.get(last - i),
                    config.attentionUp().get(i),
                    i == last));
        }
        return new MovqDecoder(
                Conv2d.of(weights.at("conv_in"), config.latentChannels(), channels.get(last), 3),
                MovqMid.of(norms, weights.at("mid_block"), channels.get(last)),
                List.copyOf(levels),
                norms.of(weights.at("conv_norm_out"), channels.get(0)),
                Conv2d.of(weights.at("conv_out"), channels.get(0), config.outChannels(), 3));
    }

    /**
     * To an image (b, 3, h reduction, w reduction).
     *
     * @param x (b, latent channels, h, w)
     * @param latents what it was made of, (b, code channels, h, w)
     */
    Tensor apply(Tensor x, Tensor latents) {
        Tensor h = mid.apply(convIn.apply(x), latents);
        for (MovqLevel level : levels) {
            h = level.apply(h, latents);
        }
        return convOut.apply(Functional.silu(normOut.apply(h, latents)));
    }
}
