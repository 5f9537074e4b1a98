package dev.hapax.vision;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.PreNormLayer;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The image half of CLIP (Radford et al. 2021, section 2.4; Dosovitskiy et al. 2021), as transformers saves it under
 * {@code CLIPVisionModelWithProjection} and inside {@code CLIPModel}: a transformer over square patches and one class
 * token.
 */
public final class ClipVisionEncoder {
    private final int imageSize;
    private final int patchSize;
    private final Tensor classToken;
    private final Tensor patches;
    private final Tensor positions;
    private final LayerNorm firstNorm;
    private final List<PreNormLayer> layers = new ArrayList<>();
    private final LayerNorm lastNorm;
    private final Linear projection;

    private ClipVisionEncoder(Config config, Weights tower, Weights head, int projectionWidth) {
        int width = config.integer("hidden_size");
        imageSize = config.integer("image_size", 224); // what transformers leaves out
        patchSize = config.integer("patch_size");
        long side = imageSize / patchSize;
        classToken = tower.get("embeddings.class_embedding", width);
        patches = tower.get(
                "embeddings.patch_embedding.weight", width, config.integer("num_channels", 3), patchSize, patchSize);
        positions = tower.get("embeddings.position_embedding.weight", side * side + 1, width);
        firstNorm = PreNormLayer.norm(config, tower.at("pre_layrnorm")); // spelt so in every file
        for (int i = 0; i < config.integer("num_hidden_layers"); i++) {
            layers.add(PreNormLayer.of(config, tower.at("encoder.layers").at(i)));
        }
        lastNorm = PreNormLayer.norm(config, tower.at("post_layernorm"));
        projection = Linear.withoutBias(head, width, projectionWidth);
    }

    /** An encoder as a pipeline's {@code image_encoder} folder holds it. */
    public static ClipVisionEncoder of(Config config, Weights weights) {
        return of(config, weights, config.integer("projection_dim"));
    }

    /** An encoder with a projection to {@code width}, such as the image half of a whole CLIP. */
    public static ClipVisionEncoder of(Config config, Weights weights, int width) {
        return new ClipVisionEncoder(config, weights.at("vision_model"), weights.at("visual_projection"), width);
    }

    /**
     * The encoder inside a Stable Diffusion 1.x folder's {@code safety_checker}; what that checks for is not read.
     *
     * @param config of the checker
     */
    public static ClipVisionEncoder inSafetyChecker(Config config, Weights weights) {
        return new ClipVisionEncoder(
                config.object("vision_config"),
                weights.at("vision_model.vision_model"),
                weights.at("visual_projection"),
                config.integer("projection_dim"));
    }

    /** Width and height of the images it reads, in pixels. */
    public int imageSize() {
        return imageSize;
    }

    /** Encodes pixels that a {@link ClipImageProcessor} made: (b, 3, image size, image size). */
    public ImageEncoding encode(Tensor pixels) {
        Shape.require("pixels", pixels.shape(), -1, patches.size(1), imageSize, imageSize);
        long batch = pixels.size(0);
        long width = patches.size(0);
        Tensor grid = Functional.conv2d(pixels.to(patches.dtype()), patches, null, patchSize, 0)
                .reshape(batch, width, -1)
                .transpose(1, 2); // (b, patches, width)
        Tensor x = Tensor.cat(List.of(classToken.expand(batch, 1, width), grid), 1)
                .plus(positions); // (b, 1 + patches, width)
        x = firstNorm.apply(x);
        for (PreNormLayer layer : layers) {
            x = layer.apply(x, null);
        }
        Tensor pooled = lastNorm.apply(x.select(1, 0)); // (b, width)
        return new ImageEncoding(x, pooled, projection.apply(pooled));
    }
}
