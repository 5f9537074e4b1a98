package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.PostNormAttention;
import dev.hapax.nn.PostNormFeedForward;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A layer of the Q-Former (Li et al. 2023, figure 2): queries look at each other and, in some layers, at the picture.
 *
 * @param self among the queries
 * @param cross to the picture; null in layers that do not look at it
 * @param feedForward the last part
 */
record QFormerLayer(PostNormAttention self, @Nullable PostNormAttention cross, PostNormFeedForward feedForward) {

    static QFormerLayer of(QFormerConfig config, boolean looks, Weights weights) {
        int width = config.width();
        int heads = config.heads();
        double epsilon = config.epsilon();
        return new QFormerLayer(
                PostNormAttention.of(weights.at("attention"), "attention", width, width, heads, epsilon),
                looks
                        ? PostNormAttention.of(
                                weights.at("crossattention"), "attention", width, config.imageWidth(), heads, epsilon)
                        : null,
                PostNormFeedForward.ofBert(
                        weights.at("intermediate_query"),
                        weights.at("output_query"),
                        width,
                        config.inner(),
                        config.activation(),
                        epsilon));
    }

    /** Queries (b, queries, width) over a picture (b, n, image width): (b, queries, width). */
    Tensor apply(Tensor queries, Tensor image) {
        return Scope.run(() -> {
            Tensor x = self.apply(queries, self.attention().read(queries), null);
            if (cross != null) {
                x = cross.apply(x, cross.attention().read(image), null);
            }
            return feedForward.apply(x);
        });
    }
}
