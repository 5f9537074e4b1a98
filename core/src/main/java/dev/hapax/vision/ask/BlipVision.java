package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The image half of BLIP (Li et al. 2022) and BLIP-2 (Li et al. 2023): a vision transformer (Dosovitskiy et al. 2021)
 * with a class token.
 *
 * @param config its sizes
 * @param patches cuts a picture up
 * @param classToken stands before the patches, (1, 1, width)
 * @param positions of class token and patches, (1, 1 + patches, width)
 * @param layers in order
 * @param norm of the last states
 */
record BlipVision(
        BlipVisionConfig config,
        Conv2d patches,
        Tensor classToken,
        Tensor positions,
        List<BlipVisionLayer> layers,
        LayerNorm norm) {
    private static final int COLOURS = 3;

    static BlipVision of(BlipVisionConfig config, Weights weights) {
        int width = config.width();
        int patch = config.patchSize();
        Weights embeddings = weights.at("embeddings");
        List<BlipVisionLayer> layers = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            layers.add(BlipVisionLayer.of(config, weights.at("encoder.layers").at(i)));
        }
        return new BlipVision(
                config,
                Conv2d.of(embeddings.at("patch_embedding"), COLOURS, width, patch, patch, 0),
                embeddings.get("class_embedding", 1, 1, width),
                embeddings.get("position_embedding", 1, 1L + config.side() * config.side(), width),
                List.copyOf(layers),
                LayerNorm.of(weights.at("post_layernorm"), width, config.epsilon()));
    }

    /** What each layer reads, and what the last one gives: (b, 1 + patches, width) each. */
    List<Tensor> states(Tensor pixels) {
        Shape.require("pixels", pixels.shape(), -1, COLOURS, config.imageSize(), config.imageSize());
        Tensor grid = patches.apply(pixels.to(classToken.dtype())); // (b, width, rows, columns)
        long batch = grid.size(0);
        Tensor cells = grid.reshape(batch, config.width(), -1).transpose(1, 2); // (b, patches, width)
        Tensor x = Tensor.cat(List.of(classToken.expand(batch, 1, config.width()), cells), 1)
                .plus(positions);
        List<Tensor> states = new ArrayList<>(List.of(x));
        for (BlipVisionLayer layer : layers) {
            x = layer.apply(x);
            states.add(x);
        }
        return states;
    }

    /** Pixels (b, 3, image size, image size) to normalised states (b, 1 + patches, width). */
    Tensor apply(Tensor pixels) {
        List<Tensor> states = states(pixels);
        return norm.apply(states.get(states.size() - 1));
    }
}
