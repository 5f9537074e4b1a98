package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.KeysValues;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A layer of T5 (Raffel et al. 2020, section 2.1).
 *
 * @param self among the tokens
 * @param cross to what the encoder read; null in the encoder
 * @param feedForward the last part
 */
record T5Layer(T5Attention self, @Nullable T5Attention cross, T5FeedForward feedForward) {

    static T5Layer of(T5Config config, boolean decoder, Weights weights) {
        Weights parts = weights.at("layer");
        return new T5Layer(
                T5Attention.of(config, parts.at(0), "SelfAttention"),
                decoder ? T5Attention.of(config, parts.at(1), "EncDecAttention") : null,
                T5FeedForward.of(config, parts.at(decoder ? 2 : 1)));
    }

    /**
     * (b, tokens, width) to the same shape.
     *
     * @param bias added to the scores among the tokens
     * @param source what the encoder read, (b, n, width); null in the encoder
     * @param sourceMask (b, 1, 1, n)
     */
    Tensor apply(
            Tensor x,
            Tensor bias,
            @Nullable Tensor source,
            @Nullable Tensor sourceMask,
            KeyValueCache cache,
            int index) {
        return Scope.run(() -> {
            Tensor h = self.apply(x, bias, cache, index);
            if (cross != null && source != null) {
                KeysValues read = cache.source(index, () -> cross.attention().read(source));
                h = cross.apply(h, read, sourceMask);
            }
            return feedForward.apply(h);
        });
    }
}
