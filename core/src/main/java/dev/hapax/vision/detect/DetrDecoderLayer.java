package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/**
 * A layer in which the object queries look at each other and then at the picture (Carion et al. 2020, figure 10, right).
 *
 * @param selfAttention among the queries
 * @param selfNorm after it
 * @param crossAttention from the queries to the cells of the picture
 * @param crossNorm after it
 * @param feedForward the last part
 */
record DetrDecoderLayer(
        DetrAttention selfAttention,
        LayerNorm selfNorm,
        DetrAttention crossAttention,
        LayerNorm crossNorm,
        DetrFeedForward feedForward) {

    /** Takes {@code self_attn}, {@code encoder_attn}, their norms, {@code fc1}, {@code fc2} and the last norm. */
    static DetrDecoderLayer of(Config config, Weights weights) {
        int width = config.integer("d_model");
        int heads = config.integer("decoder_attention_heads");
        return new DetrDecoderLayer(
                DetrAttention.of(weights.at("self_attn"), width, heads),
                DetrFeedForward.norm(weights.at("self_attn_layer_norm"), width),
                DetrAttention.of(weights.at("encoder_attn"), width, heads),
                DetrFeedForward.norm(weights.at("encoder_attn_layer_norm"), width),
                DetrFeedForward.of(config, weights, width, config.integer("decoder_ffn_dim")));
    }

    /** (b, queries, width) to the same shape. */
    Tensor apply(Tensor x, DetrMemory memory) {
        return Scope.run(() -> {
            Tensor agreed = agreed(x, memory);
            Tensor seen = crossAttention.apply(
                    agreed.plus(memory.queries()), memory.placedCells(), memory.cells(), memory.mask());
            return feedForward.apply(crossNorm.apply(agreed.plus(seen)));
        });
    }

    /** Where in the picture each query looks: (b, heads, queries, cells). */
    Tensor looks(Tensor x, DetrMemory memory) {
        return crossAttention.probabilities(
                agreed(x, memory).plus(memory.queries()), memory.placedCells(), memory.mask());
    }

    private Tensor agreed(Tensor x, DetrMemory memory) {
        Tensor placed = x.plus(memory.queries());
        return selfNorm.apply(x.plus(selfAttention.apply(placed, placed, x, null)));
    }
}
