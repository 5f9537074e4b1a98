package dev.hapax.unet;

import dev.hapax.attention.Resolution;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.GroupNorm;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Transformer blocks over the pixels of an image, around which the image is carried (Rombach et al. 2022, section 3.3;
 * diffusers: Transformer2DModel).
 */
record Transformer2D(GroupNorm norm, Projection in, List<TransformerBlock> blocks, Projection out) {

    static Transformer2D of(UNetConfig config, Stage stage, Weights weights, LayerNumbering numbering) {
        int channels = stage.channels();
        int width = stage.innerWidth();
        List<TransformerBlock> blocks = new ArrayList<>();
        for (int i = 0; i < stage.transformerLayers(); i++) {
            blocks.add(
                    TransformerBlock.of(stage, weights.at("transformer_blocks").at(i), numbering));
        }
        return new Transformer2D(
                GroupNorm.of(weights.at("norm"), channels, config.groups(), UNetConfig.TRANSFORMER_NORM_EPSILON),
                Projection.of(weights.at("proj_in"), channels, width, config.linearProjection()),
                List.copyOf(blocks),
                Projection.of(weights.at("proj_out"), width, channels, config.linearProjection()));
    }

    /** How many numbers the parameters of its projections and its first normalisation are. */
    long projections() {
        return norm.weight().elements() + norm.bias().elements() + in.elements() + out.elements();
    }

    /** (b, channels, h, w) to the same shape. */
    Tensor apply(Tensor x, Conditions conditions) {
        return Scope.run(() -> {
            Tensor image = in.apply(norm.apply(x)); // (b, width, h, w)
            long b = image.size(0);
            long width = image.size(1);
            Resolution size = Resolution.of(image);
            Tensor pixels = image.permute(0, 2, 3, 1).reshape(b, size.pixels(), width); // (b, pixels, width)
            for (TransformerBlock block : blocks) {
                pixels = block.apply(pixels, size, conditions);
            }
            Tensor result =
                    pixels.reshape(b, size.height(), size.width(), width).permute(0, 3, 1, 2);
            return x.plus(out.apply(result)); // (b, channels, h, w)
        });
    }
}
