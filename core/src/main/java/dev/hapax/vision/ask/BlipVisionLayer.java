package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * A layer of BLIP's image half: normalised before each half, queries, keys and values from one matrix.
 *
 * @param norm1 before the attention
 * @param qkv queries, then keys, then values: (3 width, width)
 * @param out joins the heads
 * @param norm2 before the perceptron
 * @param fc1 width to intermediate width
 * @param fc2 back to width
 * @param config heads and activation
 */
record BlipVisionLayer(
        LayerNorm norm1, Linear qkv, Linear out, LayerNorm norm2, Linear fc1, Linear fc2, BlipVisionConfig config) {

    /** Checks the number of heads. */
    BlipVisionLayer {
        if (config.heads() < 1 || config.width() % config.heads() != 0) {
            throw new IllegalArgumentException(
                    config.heads() + " attention heads do not divide the width " + config.width());
        }
    }

    static BlipVisionLayer of(BlipVisionConfig config, Weights weights) {
        int width = config.width();
        Weights qkv = weights.at("self_attn.qkv");
        return new BlipVisionLayer(
                LayerNorm.of(weights.at("layer_norm1"), width, config.epsilon()),
                config.qkvBias() ? Linear.of(qkv, width, 3L * width) : Linear.withoutBias(qkv, width, 3L * width),
                Linear.of(weights.at("self_attn.projection"), width, width),
                LayerNorm.of(weights.at("layer_norm2"), width, config.epsilon()),
                Linear.of(weights.at("mlp.fc1"), width, config.inner()),
                Linear.of(weights.at("mlp.fc2"), config.inner(), width),
                config);
    }

    /** (b, tokens, width) to the same shape. */
    Tensor apply(Tensor x) {
        return Scope.run(() -> {
            Tensor attended = x.plus(attention(norm1.apply(x)));
            return attended.plus(fc2.apply(config.activation().apply(fc1.apply(norm2.apply(attended)))));
        });
    }

    private Tensor attention(Tensor x) {
        long[] shape = x.shape();
        Tensor split = qkv.apply(x)
                .reshape(shape[0], shape[1], 3, config.heads(), shape[2] / config.heads())
                .permute(2, 0, 3, 1, 4); // (3, b, heads, tokens, d)
        List<Tensor> parts = split.chunk(3, 0);
        Tensor gathered = Functional.attention(
                parts.get(0).squeeze(0), parts.get(1).squeeze(0), parts.get(2).squeeze(0), null);
        return out.apply(gathered.transpose(1, 2).reshape(shape));
    }
}
