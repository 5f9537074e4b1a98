package dev.hapax.vision;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.SelfAttention;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A layer of DINOv2 (Oquab et al. 2023): a pre-norm transformer layer whose two halves are scaled per channel before
 * they are added (LayerScale, Touvron et al. 2021), with the names of transformers' {@code Dinov2Layer}.
 *
 * @param norm1 before the attention
 * @param attention tokens look at each other
 * @param scale1 times the attention's output, (width)
 * @param norm2 before the feed-forward half
 * @param feedForward (b, tokens, width) to the same shape
 * @param scale2 times the feed-forward half's output, (width)
 */
record Dinov2Layer(
        LayerNorm norm1,
        SelfAttention attention,
        Tensor scale1,
        LayerNorm norm2,
        UnaryOperator<Tensor> feedForward,
        Tensor scale2) {
    private static final double EPSILON = 1e-6; // transformers' default for layer_norm_eps

    static Dinov2Layer of(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        return new Dinov2Layer(
                norm(config, weights.at("norm1")),
                VitLayer.attention(config, weights.at("attention")),
                weights.get("layer_scale1.lambda1", width),
                norm(config, weights.at("norm2")),
                feedForward(config, weights.at("mlp")),
                weights.get("layer_scale2.lambda1", width));
    }

    /** A layer normalisation of the configured width and epsilon. */
    static LayerNorm norm(Config config, Weights weights) {
        return LayerNorm.of(weights, config.integer("hidden_size"), config.number("layer_norm_eps", EPSILON));
    }

    private static UnaryOperator<Tensor> feedForward(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        int inner = (int) (width * config.number("mlp_ratio", 4));
        if (config.flag("use_swiglu_ffn", false)) {
            return SwiGlu.of(weights, width, inner)::apply;
        }
        Linear fc1 = Linear.of(weights.at("fc1"), width, inner);
        Activation activation = Activation.named(config.text("hidden_act", "gelu"));
        Linear fc2 = Linear.of(weights.at("fc2"), inner, width);
        return x -> fc2.apply(activation.apply(fc1.apply(x)));
    }

    /** (b, tokens, width) to the same shape. */
    Tensor apply(Tensor x) {
        return Scope.run(() -> {
            Tensor attended = x.plus(attention.apply(norm1.apply(x), null).times(scale1));
            return attended.plus(feedForward.apply(norm2.apply(attended)).times(scale2));
        });
    }
}
