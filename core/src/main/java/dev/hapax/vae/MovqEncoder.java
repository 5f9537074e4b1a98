package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Image to latents: residual blocks at ever coarser resolutions. */
record MovqEncoder(Conv2d convIn, List<MovqLevel> levels, MovqMid mid, LatentNorm normOut, Conv2d convOut) {

    static MovqEncoder of(MovqConfig config, Weights weights) {
        MovqNorms norms = new MovqNorms(config, false);
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        List<MovqLevel> levels = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            levels.add(MovqLevel.down(
                    norms,
                    weights.at("down_blocks").at(i),
                    channels.get(Math.max(0, i - 1)),
                    channels.get(i),
                    config.attentionDown().get(i),
                    i == last));
        }
        int coarsest = channels.get(last);
        return new MovqEncoder(
                Conv2d.of(weights.at("conv_in"), config.inChannels(), channels.get(0), 3),
                List.copyOf(levels),
                MovqMid.of(norms, weights.at("mid_block"), coarsest),
                norms.of(weights.at("conv_norm_out"), coarsest),
                Conv2d.of(weights.at("conv_out"), coarsest, config.latentChannels(), 3));
    }

    /** Image (b, 3, h, w) to (b, latent channels, h / reduction, w / reduction). */
    Tensor apply(Tensor image) {
        Tensor h = convIn.apply(image);
        for (MovqLevel level : levels) {
            h = level.apply(h, image); // these normalisations look at nothing
        }
        return convOut.apply(Functional.silu(normOut.apply(mid.apply(h, image), image)));
    }
}
