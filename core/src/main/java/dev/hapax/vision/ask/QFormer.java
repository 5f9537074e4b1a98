package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Learned queries that take from a picture what a language model can use (Li et al. 2023, section 3.1). With the
 * parameters of transformers' {@code Blip2QFormerModel}.
 *
 * @param queries (1, queries, width)
 * @param norm of the queries
 * @param layers in order
 */
record QFormer(Tensor queries, LayerNorm norm, List<QFormerLayer> layers) {

    static QFormer of(QFormerConfig config, Tensor queries, Weights weights) {
        List<QFormerLayer> layers = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            layers.add(QFormerLayer.of(
                    config,
                    i % config.frequency() == 0,
                    weights.at("encoder.layer").at(i)));
        }
        return new QFormer(
                queries, LayerNorm.of(weights.at("layernorm"), config.width(), config.epsilon()), List.copyOf(layers));
    }

    /** A picture (b, n, image width) to (b, queries, width). */
    Tensor apply(Tensor image) {
        Tensor x = norm.apply(queries).expand(image.size(0), queries.size(1), queries.size(2));
        for (QFormerLayer layer : layers) {
            x = layer.apply(x, image);
        }
        return x;
    }
}
