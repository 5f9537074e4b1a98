package dev.hapax.vision;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.PreNormLayer;
import dev.hapax.nn.SelfAttention;

/** The names and configuration keys of transformers' {@code ViTLayer}. */
public final class VitLayer {
    private static final double EPSILON = 1e-12; // transformers' default for layer_norm_eps

    private VitLayer() {}

    /** Takes {@code layernorm_before}, {@code attention}, {@code layernorm_after}, {@code intermediate}, {@code output}. */
    public static PreNormLayer of(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        int inner = config.integer("intermediate_size");
        return new PreNormLayer(
                norm(config, weights.at("layernorm_before")),
                attention(config, weights.at("attention")),
                norm(config, weights.at("layernorm_after")),
                Linear.of(weights.at("intermediate.dense"), width, inner),
                Activation.named(config.text("hidden_act", "gelu")),
                Linear.of(weights.at("output.dense"), inner, width));
    }

    /** A layer normalisation of the configured width and epsilon. */
    public static LayerNorm norm(Config config, Weights weights) {
        return LayerNorm.of(weights, config.integer("hidden_size"), config.number("layer_norm_eps", EPSILON));
    }

    /** Takes {@code attention.query}, {@code attention.key}, {@code attention.value} and {@code output.dense}. */
    static SelfAttention attention(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        return new SelfAttention(
                projection(config, weights.at("attention.query"), width),
                projection(config, weights.at("attention.key"), width),
                projection(config, weights.at("attention.value"), width),
                Linear.of(weights.at("output.dense"), width, width),
                config.integer("num_attention_heads"));
    }

    private static Linear projection(Config config, Weights weights, int width) {
        return config.flag("qkv_bias", true)
                ? Linear.of(weights, width, width)
                : Linear.withoutBias(weights, width, width);
    }
}
