package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.KeysValues;
import dev.hapax.nn.PostNormAttention;
import dev.hapax.nn.PostNormFeedForward;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A layer of BERT (Devlin et al. 2019) with a second attention between its halves (Li et al. 2022, figure 2): in the
 * question it looks at the picture, in the answer at the question.
 *
 * @param self among the tokens
 * @param cross to what is looked at
 * @param feedForward the last part
 */
record BlipTextLayer(PostNormAttention self, PostNormAttention cross, PostNormFeedForward feedForward) {

    /** Takes {@code attention}, {@code crossattention}, {@code intermediate} and {@code output}. */
    static BlipTextLayer of(BlipTextConfig config, int sourceWidth, Weights weights) {
        int width = config.width();
        double epsilon = config.epsilon();
        return new BlipTextLayer(
                PostNormAttention.of(weights.at("attention"), "self", width, width, config.heads(), epsilon),
                PostNormAttention.of(weights.at("crossattention"), "self", width, sourceWidth, config.heads(), epsilon),
                PostNormFeedForward.ofBert(
                        weights.at("intermediate"),
                        weights.at("output"),
                        width,
                        config.inner(),
                        config.activation(),
                        epsilon));
    }

    /**
     * (b, tokens, width) to the same shape.
     *
     * @param mask among the tokens, those read before included
     * @param source what is looked at, (b, n, source width)
     * @param sourceMask (b, 1, 1, n), or null to see all of it
     * @param cache of the tokens read before
     * @param index of this layer in the cache
     */
    Tensor apply(
            Tensor x,
            @Nullable Tensor mask,
            Tensor source,
            @Nullable Tensor sourceMask,
            KeyValueCache cache,
            int index) {
        return Scope.run(() -> {
            KeysValues own = cache.extended(index, self.attention().read(x));
            KeysValues other = cache.source(index, () -> cross.attention().read(source));
            Tensor agreed = self.apply(x, own, mask);
            return feedForward.apply(cross.apply(agreed, other, sourceMask));
        });
    }
}
