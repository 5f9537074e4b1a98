package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.KeysValues;
import dev.hapax.nn.Linear;
import dev.hapax.nn.MultiHeadAttention;
import dev.hapax.nn.RmsNorm;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The attention half of a layer of T5: {@code x + attention(norm(x))}, without biases, scores not scaled.
 *
 * @param norm before it
 * @param attention to the sequence itself or to another one
 */
record T5Attention(RmsNorm norm, MultiHeadAttention attention) {

    /** Takes {@code q}, {@code k}, {@code v} and {@code o} of {@code module}, and {@code layer_norm} beside it. */
    static T5Attention of(T5Config config, Weights weights, String module) {
        long width = config.width();
        long inner = (long) config.heads() * config.headWidth();
        Weights own = weights.at(module);
        return new T5Attention(
                RmsNorm.of(weights.at("layer_norm"), width, config.epsilon()),
                new MultiHeadAttention(
                        Linear.withoutBias(own.at("q"), width, inner),
                        Linear.withoutBias(own.at("k"), width, inner),
                        Linear.withoutBias(own.at("v"), width, inner),
                        Linear.withoutBias(own.at("o"), inner, width),
                        config.heads()));
    }

    /** To the sequence itself: (b, tokens, width) to the same shape. */
    Tensor apply(Tensor x, @Nullable Tensor mask, KeyValueCache cache, int layer) {
        Tensor normed = norm.apply(x);
        KeysValues own = cache.extended(layer, attention.read(normed));
        return x.plus(attention.applyUnscaled(normed, own, mask));
    }

    /** To another sequence. */
    Tensor apply(Tensor x, KeysValues source, @Nullable Tensor mask) {
        return x.plus(attention.applyUnscaled(norm.apply(x), source, mask));
    }
}
