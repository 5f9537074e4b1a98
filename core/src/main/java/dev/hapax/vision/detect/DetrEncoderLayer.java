package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/**
 * A layer in which the cells of the feature map look at each other (Carion et al. 2020, figure 10, left).
 *
 * @param attention among the cells
 * @param norm after the attention
 * @param feedForward the second half
 */
record DetrEncoderLayer(DetrAttention attention, LayerNorm norm, DetrFeedForward feedForward) {

    /** Takes {@code self_attn}, {@code self_attn_layer_norm}, {@code fc1}, {@code fc2} and {@code final_layer_norm}. */
    static DetrEncoderLayer of(Config config, Weights weights) {
        int width = config.integer("d_model");
        return new DetrEncoderLayer(
                DetrAttention.of(weights.at("self_attn"), width, config.integer("encoder_attention_heads")),
                DetrFeedForward.norm(weights.at("self_attn_layer_norm"), width),
                DetrFeedForward.of(config, weights, width, config.integer("encoder_ffn_dim")));
    }

    /**
     * (b, cells, width) to the same shape.
     *
     * @param positions of the cells, (b, cells, width)
     * @param mask added to the scores, (b, 1, 1, cells)
     */
    Tensor apply(Tensor x, Tensor positions, Tensor mask) {
        return Scope.run(() -> {
            Tensor placed = x.plus(positions);
            return feedForward.apply(norm.apply(x.plus(attention.apply(placed, placed, x, mask))));
        });
    }
}
