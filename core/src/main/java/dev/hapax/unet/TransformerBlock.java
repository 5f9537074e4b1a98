package dev.hapax.unet;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.CrossAttention;
import dev.hapax.attention.Resolution;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/**
 * Pixels look at each other, then at the text, then each thinks for itself (Vaswani et al. 2017, normalised before each
 * step; diffusers: BasicTransformerBlock).
 *
 * @param layer the place at which this block asks for its text
 */
record TransformerBlock(
        LayerNorm norm1,
        CrossAttention selfAttention,
        LayerNorm norm2,
        CrossAttention crossAttention,
        LayerNorm norm3,
        FeedForward feedForward,
        AttentionLayer layer) {

    static TransformerBlock of(Stage stage, Weights weights, LayerNumbering numbering) {
        int width = stage.innerWidth();
        Weights crossWeights = weights.at("attn2");
        return new TransformerBlock(
                LayerNorm.of(weights.at("norm1"), width, UNetConfig.LAYER_NORM_EPSILON),
                CrossAttention.of(weights.at("attn1"), width, width, stage.heads()),
                LayerNorm.of(weights.at("norm2"), width, UNetConfig.LAYER_NORM_EPSILON),
                CrossAttention.of(crossWeights, width, stage.contextWidth(), stage.heads()),
                LayerNorm.of(weights.at("norm3"), width, UNetConfig.LAYER_NORM_EPSILON),
                FeedForward.of(weights.at("ff"), width),
                numbering.next(crossWeights.path(), stage));
    }

    /** (b, pixels, width) to the same shape. */
    Tensor apply(Tensor x, Resolution resolution, Conditions conditions) {
        return Scope.run(() -> {
            Tensor states = norm1.apply(x);
            Tensor h = x.plus(selfAttention.apply(states, states));
            h = h.plus(read(norm2.apply(h), resolution, conditions));
            return h.plus(feedForward.apply(norm3.apply(h)));
        });
    }

    private Tensor read(Tensor states, Resolution resolution, Conditions conditions) {
        Tensor text = conditions.texts().get(layer.index()); // (b, tokens, text width)
        CrossAttention reading = crossAttention.holding(conditions.held());
        return conditions.probe().wants(layer, resolution)
                ? reading.apply(states, text, p -> conditions.probe().record(layer, resolution, p))
                : reading.apply(states, text);
    }
}
