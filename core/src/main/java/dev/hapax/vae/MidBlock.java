package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The coarsest resolution: residual block, attention, residual block. */
record MidBlock(ResidualBlock first, @Nullable SpatialAttention attention, ResidualBlock second) {

    static MidBlock of(VaeConfig config, Weights weights, int channels) {
        Weights resnets = weights.at("resnets");
        return new MidBlock(
                ResidualBlock.of(config, resnets.at(0), channels, channels),
                config.midAttention()
                        ? SpatialAttention.of(config, weights.at("attentions").at(0), channels)
                        : null,
                ResidualBlock.of(config, resnets.at(1), channels, channels));
    }

    /** (b, c, h, w) to the same shape. */
    Tensor apply(Tensor x) {
        Tensor h = first.apply(x);
        return second.apply(attention == null ? h : attention.apply(h));
    }
}
