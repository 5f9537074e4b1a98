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

/** Image to the moments of its latents: residual blocks at ever coarser resolutions. */
record Encoder(Conv2d convIn, List<Level> levels, MidBlock mid, GroupNorm normOut, Conv2d convOut) {

    /**
     * The blocks of one resolution.
     *
     * @param downsample the step to the next coarser one; null at the last
     */
    record Level(List<ResidualBlock> blocks, @Nullable Conv2d downsample) {

        Tensor apply(Tensor x) {
            return Scope.run(() -> step(x));
        }

        private Tensor step(Tensor x) {
            Tensor h = x;
            for (ResidualBlock block : blocks) {
                h = block.apply(h); // (b, out, h, w)
            }
            // Zeros at right and bottom only, unlike in the U-Net.
            return downsample == null ? h : downsample.apply(Functional.pad(h, 0, 1, 0, 1, 0)); // (b, out, h/2, w/2)
        }
    }

    static Encoder of(VaeConfig config, Weights weights) {
        List<Integer> channels = config.channels();
        int last = channels.get(channels.size() - 1);
        Conv2d convIn = Conv2d.of(weights.at("conv_in"), config.inChannels(), channels.get(0), 3);
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            levels.add(level(config, weights.at("down_blocks").at(i), i));
        }
        return new Encoder(
                convIn,
                levels,
                MidBlock.of(config, weights.at("mid_block"), last),
                GroupNorm.of(weights.at("conv_norm_out"), last, config.groups(), VaeConfig.NORM_EPSILON),
                Conv2d.of(weights.at("conv_out"), last, 2L * config.latentChannels(), 3));
    }

    private static Level level(VaeConfig config, Weights weights, int i) {
        List<Integer> channels = config.channels();
        int out = channels.get(i);
        List<ResidualBlock> blocks = new ArrayList<>();
        for (int j = 0; j < config.layersPerBlock(); j++) {
            int in = j > 0 || i == 0 ? out : channels.get(i - 1);
            blocks.add(ResidualBlock.of(config, weights.at("resnets").at(j), in, out));
        }
        boolean coarsest = i == channels.size() - 1;
        Weights conv = weights.at("downsamplers").at(0).at("conv");
        return new Level(blocks, coarsest ? null : Conv2d.of(conv, out, out, 3, 2, 0));
    }

    /** Image (b, 3, h, w) to moments (b, 2 latent channels, h / reduction, w / reduction). */
    Tensor apply(Tensor image) {
        Tensor h = convIn.apply(image);
        for (Level level : levels) {
            h = level.apply(h);
        }
        return convOut.apply(Functional.silu(normOut.apply(mid.apply(h))));
    }
}
