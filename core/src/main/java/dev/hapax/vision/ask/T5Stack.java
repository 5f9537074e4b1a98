package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.RmsNorm;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T5's encoder or decoder.
 *
 * @param positions shared by all layers; the file keeps them in the first
 * @param layers in order
 * @param norm at the end
 */
record T5Stack(RelativePositions positions, List<T5Layer> layers, RmsNorm norm) {

    static T5Stack of(T5Config config, boolean decoder, Weights weights) {
        List<T5Layer> layers = new ArrayList<>();
        for (int i = 0; i < (decoder ? config.decoderLayers() : config.encoderLayers()); i++) {
            layers.add(T5Layer.of(config, decoder, weights.at("block").at(i)));
        }
        Tensor table = weights.get(
                "block.0.layer.0.SelfAttention.relative_attention_bias.weight", config.buckets(), config.heads());
        return new T5Stack(
                new RelativePositions(table, !decoder, config.maxDistance()),
                List.copyOf(layers),
                RmsNorm.of(weights.at("final_layer_norm"), config.width(), config.epsilon()));
    }

    /**
     * The states of tokens that follow those of the cache: (b, tokens, width) to the same shape.
     *
     * @param mask added to the scores among all tokens so far
     * @param source what the encoder read, (b, n, width); null in the encoder
     * @param sourceMask (b, 1, 1, n)
     */
    Tensor apply(
            Tensor embedded, Tensor mask, @Nullable Tensor source, @Nullable Tensor sourceMask, KeyValueCache cache) {
        long tokens = embedded.size(1);
        Tensor bias = positions.bias(tokens, cache.tokens() + tokens).plus(mask);
        Tensor x = embedded;
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).apply(x, bias, source, sourceMask, cache, i);
        }
        return norm.apply(x);
    }
}
