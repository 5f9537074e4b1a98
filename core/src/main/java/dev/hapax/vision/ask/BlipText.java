package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack of {@link BlipTextLayer}s over token and position embeddings, as transformers saves it under {@code
 * BlipTextModel}.
 *
 * @param words of the vocabulary, (vocabulary, width)
 * @param positions (most tokens, width)
 * @param norm of their sum
 * @param layers in order
 */
record BlipText(Tensor words, Tensor positions, LayerNorm norm, List<BlipTextLayer> layers) {

    static BlipText of(BlipTextConfig config, int sourceWidth, Weights weights) {
        int width = config.width();
        Weights embeddings = weights.at("embeddings");
        List<BlipTextLayer> layers = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            layers.add(BlipTextLayer.of(
                    config, sourceWidth, weights.at("encoder.layer").at(i)));
        }
        return new BlipText(
                embeddings.get("word_embeddings.weight", config.vocabulary(), width),
                embeddings.get("position_embeddings.weight", config.positions(), width),
                LayerNorm.of(embeddings.at("LayerNorm"), width, config.epsilon()),
                List.copyOf(layers));
    }

    /**
     * The states of tokens that follow those of the cache: int64 (b, tokens) to (b, tokens, width); the others as {@link
     * BlipTextLayer#apply} takes them.
     */
    Tensor apply(Tensor ids, @Nullable Tensor mask, Tensor source, @Nullable Tensor sourceMask, KeyValueCache cache) {
        long before = cache.tokens();
        long tokens = ids.size(1);
        if (before + tokens > positions.size(0)) {
            throw new IllegalArgumentException("a text of " + (before + tokens) + " tokens is too long for a model of "
                    + positions.size(0) + "; shorten it");
        }
        Tensor x = norm.apply(Functional.embedding(words, ids).plus(positions.narrow(0, before, tokens)));
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).apply(x, mask, source, sourceMask, cache, i);
        }
        return x;
    }
}
