package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Latents to an image: residual blocks at ever finer resolutions. */
record Decoder(Conv2d convIn, MidBlock mid, List<Level> levels, GroupNorm normOut, Conv2d convOut) {

    /**
     * The blocks of one resolution.
     *
     * @param upsample after doubling, the step to the next finer one; null at the last
     */
    record Level(List<ResidualBlock> blocks, @Nullable Conv2d upsample) {

        Tensor apply(Tensor x) {
            return Scope.run(() -> step(x));
        }

        private Tensor step(Tensor x) {
            Tensor h = x;
            for (ResidualBlock block : blocks) {
                h = block.apply(h); // (b, out, h, w)
            }
            return upsample == null
                    ? h
                    : upsample.apply(Functional.resizeNearest(h, 2 * h.size(2), 2 * h.size(3))); // (b, out, 2h, 2w)
        }
    }

    static Decoder of(VaeConfig config, Weights weights) {
        List<Integer> channels = config.channels();
        int coarsest = channels.get(channels.size() - 1);
        int finest = channels.get(0);
        Conv2d convIn = Conv2d.of(weights.at("conv_in"), config.latentChannels(), coarsest, 3);
        MidBlock mid = MidBlock.of(config, weights.at("mid_block"), coarsest);
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            levels.add(level(config, weights.at("up_blocks").at(i), i));
        }
        return new Decoder(
                convIn,
                mid,
                levels,
                GroupNorm.of(weights.at("conv_norm_out"), finest, config.groups(), VaeConfig.NORM_EPSILON),
                Conv2d.of(weights.at("conv_out"), finest, config.outChannels(), 3));
    }

    /** The {@code i}-th level from the coarsest. */
    private static Level level(VaeConfig config, Weights weights, int i) {
        List<Integer> channels = config.channels();
        int resolution = channels.size() - 1 - i;
        int out = channels.get(resolution);
        List<ResidualBlock> blocks = new ArrayList<>();
        for (int j = 0; j <= config.layersPerBlock(); j++) {
            int in = j > 0 || i == 0 ? out : channels.get(resolution + 1);
            blocks.add(ResidualBlock.of(config, weights.at("resnets").at(j), in, out));
        }
        Weights conv = weights.at("upsamplers").at(0).at("conv");
        return new Level(blocks, resolution == 0 ? null : Conv2d.of(conv, out, out, 3));
    }

    /** Latents (b, latent channels, h, w) to an image (b, 3, h reduction, w reduction). */
    Tensor apply(Tensor latents) {
        Tensor h = mid.apply(convIn.apply(latents));
        for (Level level : levels) {
            h = level.apply(h);
        }
        return convOut.apply(Functional.silu(normOut.apply(h)));
    }
}
