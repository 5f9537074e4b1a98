package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.KeysValues;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.MultiHeadAttention;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/**
 * A layer of OPT (Zhang et al. 2022).
 *
 * @param norm1 before or after the attention
 * @param attention among the tokens
 * @param norm2 before or after the perceptron
 * @param fc1 width to intermediate width
 * @param fc2 back to width
 * @param config activation, and where the norms are
 */
record OptLayer(
        LayerNorm norm1, MultiHeadAttention attention, LayerNorm norm2, Linear fc1, Linear fc2, OptConfig config) {

    static OptLayer of(OptConfig config, Weights weights) {
        int width = config.width();
        Weights attention = weights.at("self_attn");
        return new OptLayer(
                LayerNorm.of(weights.at("self_attn_layer_norm"), width, OptConfig.EPSILON),
                new MultiHeadAttention(
                        linear(config, attention.at("q_proj"), width, width),
                        linear(config, attention.at("k_proj"), width, width),
                        linear(config, attention.at("v_proj"), width, width),
                        linear(config, attention.at("out_proj"), width, width),
                        config.heads()),
                LayerNorm.of(weights.at("final_layer_norm"), width, OptConfig.EPSILON),
                linear(config, weights.at("fc1"), width, config.inner()),
                linear(config, weights.at("fc2"), config.inner(), width),
                config);
    }

    private static Linear linear(OptConfig config, Weights weights, int in, int out) {
        return config.bias() ? Linear.of(weights, in, out) : Linear.withoutBias(weights, in, out);
    }

    /** (b, tokens, width) to the same shape; mask among all tokens so far. */
    Tensor apply(Tensor x, Tensor mask, KeyValueCache cache, int index) {
        return Scope.run(() -> {
            Tensor asking = config.normFirst() ? norm1.apply(x) : x;
            KeysValues own = cache.extended(index, attention.read(asking));
            Tensor attended = x.plus(attention.apply(asking, own, mask));
            Tensor between = config.normFirst() ? attended : norm1.apply(attended);
            Tensor normed = config.normFirst() ? norm2.apply(between) : between;
            Tensor sum = between.plus(fc2.apply(config.activation().apply(fc1.apply(normed))));
            return config.normFirst() ? sum : norm2.apply(sum);
        });
    }
}
