package dev.hapax.nn;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One transformer layer that normalises before each of its two halves (Radford et al. 2019), with the parameter names
 * and configuration keys of CLIP; both its towers are stacks of these.
 *
 * @param norm1 before the attention
 * @param attention tokens look at each other
 * @param norm2 before the perceptron
 * @param fc1 width to intermediate width
 * @param activation between the two
 * @param fc2 back to width
 */
public record PreNormLayer(
        LayerNorm norm1, SelfAttention attention, LayerNorm norm2, Linear fc1, Activation activation, Linear fc2) {
    private static final double EPSILON = 1e-5; // transformers' default for layer_norm_eps

    /**
     * Reads {@code hidden_size}, {@code num_attention_heads}, {@code intermediate_size}, {@code hidden_act} and {@code
     * layer_norm_eps}; takes {@code layer_norm1}, {@code self_attn}, {@code layer_norm2} and {@code mlp}.
     */
    public static PreNormLayer of(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        int inner = config.integer("intermediate_size");
        return new PreNormLayer(
                norm(config, weights.at("layer_norm1")),
                SelfAttention.of(weights.at("self_attn"), width, config.integer("num_attention_heads")),
                norm(config, weights.at("layer_norm2")),
                Linear.of(weights.at("mlp.fc1"), width, inner),
                Activation.named(config.text("hidden_act", "quick_gelu")),
                Linear.of(weights.at("mlp.fc2"), inner, width));
    }

    /** A layer normalisation of the configured width and epsilon. */
    public static LayerNorm norm(Config config, Weights weights) {
        return LayerNorm.of(weights, config.integer("hidden_size"), config.number("layer_norm_eps", EPSILON));
    }

    /**
     * What it holds on so many tokens.
     *
     * @param moving whether its weights move
     * @param parameters how many numbers can move
     */
    public Footprint footprint(long tokens, boolean moving, long parameters) {
        long states = fc2.weight().size(0) * tokens;
        long hidden = fc1.weight().size(0) * tokens;
        long activated = activation == Activation.QUICK_GELU ? 2 * hidden : hidden; // a product with a sigmoid
        // queries, keys, values, result; what the second normalisation reads
        long inside = 5 * states + activated;
        long inputs = moving ? 2 * states + hidden : 0;
        return new Footprint(states, inside + inputs, 2 * hidden + 2 * states, parameters);
    }

    /**
     * (b, tokens, width) to the same shape.
     *
     * @param mask as {@link SelfAttention#apply(Tensor, Tensor)} takes it
     */
    public Tensor apply(Tensor x, @Nullable Tensor mask) {
        return Scope.run(() -> {
            Tensor normed = norm1.apply(x);
            return perceptron(x.plus(attention.apply(normed, mask)));
        });
    }

    /** What tokens (b, tokens, width) show to those that look at them. */
    public KeysValues keysValues(Tensor x) {
        try (Scope scope = Scope.open()) {
            KeysValues own = attention.keysValues(norm1.apply(x));
            return new KeysValues(scope.release(own.keys()), scope.release(own.values()));
        }
    }

    /**
     * (b, tokens, width) to the same shape, looking at {@code seen}: what came before and, to see themselves, their own
     * {@link #keysValues}.
     *
     * @param mask as {@link SelfAttention#apply(Tensor, KeysValues, Tensor)} takes it
     */
    public Tensor apply(Tensor x, KeysValues seen, @Nullable Tensor mask) {
        return Scope.run(() -> perceptron(x.plus(attention.apply(norm1.apply(x), seen, mask))));
    }

    private Tensor perceptron(Tensor attended) {
        Tensor inner = activation.apply(fc1.apply(norm2.apply(attended))); // (b, tokens, intermediate)
        return attended.plus(fc2.apply(inner));
    }
}
