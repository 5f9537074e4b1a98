package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;

/** The turning point at the coarsest resolution (diffusers: UNetMidBlock2DCrossAttn). */
record MidBlock(ResnetBlock before, Transformer2D transformer, ResnetBlock after) {

    static MidBlock of(UNetConfig config, Weights weights, LayerNumbering numbering) {
        Stage stage = config.mid();
        int channels = stage.channels();
        return new MidBlock(
                ResnetBlock.of(config, weights.at("resnets.0"), channels, channels, config.midScale()),
                Transformer2D.of(config, stage, weights.at("attentions.0"), numbering),
                ResnetBlock.of(config, weights.at("resnets.1"), channels, channels, config.midScale()));
    }

    void measure(UNetFootprint footprint, int level) {
        footprint.add(before, false, level);
        footprint.add(transformer, level);
        footprint.add(after, false, level);
    }

    /** (b, channels, h, w) to the same shape. */
    Tensor apply(Tensor x, Conditions conditions) {
        return after.apply(transformer.apply(before.apply(x, conditions), conditions), conditions);
    }
}
