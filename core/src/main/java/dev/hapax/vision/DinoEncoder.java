package dev.hapax.vision;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.PreNormLayer;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The vision transformers (Dosovitskiy et al. 2021) of DINO (Caron et al. 2021) and DINOv2 (Oquab et al. 2023), as
 * transformers saves them: {@code ViTModel}, whose pooler is not read, and {@code Dinov2Model}. They were taught without
 * texts or labels, to say the same of two views of one picture; so they tell one dog from another, where CLIP sees two
 * dogs.
 */
public final class DinoEncoder {
    private final int imageSize;
    private final int patchSize;
    private final Tensor classToken;
    private final Conv2d patches;
    private final PositionTable positions;
    private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
    private final LayerNorm norm;

    private DinoEncoder(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        imageSize = config.integer("image_size");
        patchSize = config.integer("patch_size");
        int side = imageSize / patchSize;
        classToken = weights.get("embeddings.cls_token", 1, 1, width);
        patches = Conv2d.of(
                weights.at("embeddings.patch_embeddings.projection"),
                config.integer("num_channels", 3),
                width,
                patchSize,
                patchSize,
                0);
        positions = new PositionTable(weights.get("embeddings.position_embeddings", 1, 1L + side * side, width), side);
        boolean second = isSecond(config);
        for (int i = 0; i < config.integer("num_hidden_layers"); i++) {
            Weights layer = weights.at("encoder.layer").at(i);
            layers.add(second ? Dinov2Layer.of(config, layer)::apply : vitLayer(config, layer));
        }
        norm = second
                ? Dinov2Layer.norm(config, weights.at("layernorm"))
                : VitLayer.norm(config, weights.at("layernorm"));
    }

    private static UnaryOperator<Tensor> vitLayer(Config config, Weights weights) {
        PreNormLayer layer = VitLayer.of(config, weights);
        return x -> layer.apply(x, null);
    }

    private static boolean isSecond(Config config) {
        String type = config.text("model_type");
        return switch (type) {
            case "vit" -> false;
            case "dinov2" -> true;
            default ->
                throw new CheckpointException(
                        config.origin() + ": \"model_type\" must be vit or dinov2, got \"" + type + "\"");
        };
    }

    /**
     * An encoder as a folder with {@code config.json} and {@code model.safetensors} holds it; {@link DinoWeights} gives
     * the weights of files with the original repositories' names.
     *
     * @throws CheckpointException if it is of another family, or a parameter is missing or has another shape
     */
    public static DinoEncoder of(Config config, Weights weights) {
        return new DinoEncoder(config, weights);
    }

    /** Width and height of the images it was taught with, in pixels. */
    public int imageSize() {
        return imageSize;
    }

    /** Encodes pixels that an {@link ImageProcessor} made, with positions by {@link PositionRule#TARGET_SIZE}. */
    public DinoEncoding encode(Tensor pixels) {
        return encode(pixels, PositionRule.TARGET_SIZE);
    }

    /**
     * Encodes images of any size: (b, 3, height, width). What is left over at the right and at the bottom beyond whole
     * patches is not seen.
     *
     * @param rule how positions are found for an image of another size than {@link #imageSize()}
     * @throws IllegalArgumentException if the shape is another, or an image is smaller than a patch
     */
    public DinoEncoding encode(Tensor pixels, PositionRule rule) {
        Shape.require("pixels", pixels.shape(), -1, patches.weight().size(1), -1, -1);
        if (Math.min(pixels.size(2), pixels.size(3)) < patchSize) {
            throw new IllegalArgumentException("an image of " + pixels.size(3) + " x " + pixels.size(2)
                    + " pixels is smaller than a patch of " + patchSize + " x " + patchSize);
        }
        Tensor grid = patches.apply(pixels.to(classToken.dtype())); // (b, width, rows, columns)
        long batch = grid.size(0);
        long width = grid.size(1);
        Tensor tokens = grid.reshape(batch, width, -1).transpose(1, 2); // (b, patches, width)
        Tensor x = Tensor.cat(List.of(classToken.expand(batch, 1, width), tokens), 1)
                .plus(positions(grid.size(2), grid.size(3), rule)); // (b, 1 + patches, width)
        List<Tensor> states = new ArrayList<>(List.of(x));
        for (UnaryOperator<Tensor> layer : layers) {
            x = layer.apply(x);
            states.add(x);
        }
        return new DinoEncoding(states, norm.apply(x));
    }

    /** What is added to the tokens of an image of so many patches: (1, 1 + rows * columns, width). */
    public Tensor positions(long rows, long columns, PositionRule rule) {
        return positions.at(rows, columns, rule);
    }
}
