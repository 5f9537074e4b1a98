package dev.hapax.vision;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;

/**
 * A whole CLIP (Radford et al. 2021): both towers, and the scale that their similarities are multiplied by.
 *
 * @param text the text tower with its projection
 * @param image the image tower with its projection
 * @param logitScale the logarithm of the scale, a scalar
 */
public record ClipModel(ClipTextEncoder text, ClipVisionEncoder image, Tensor logitScale) {

    /** Reads a folder's {@code config.json} with its {@code text_config} and {@code vision_config}. */
    public static ClipModel of(Config config, Weights weights) {
        int width = config.integer("projection_dim");
        return new ClipModel(
                ClipTextEncoder.of(config.object("text_config"), weights, width),
                ClipVisionEncoder.of(config.object("vision_config"), weights, width),
                weights.get("logit_scale"));
    }

    /** Vectors of unit length: (b, projection) to the same shape. */
    public static Tensor normalised(Tensor features) {
        return features.over(features.norm(-1));
    }

    /** Scaled cosines of images with texts, from features of any length: (images, texts). */
    public Tensor logitsPerImage(Tensor imageFeatures, Tensor textFeatures) {
        return normalised(imageFeatures)
                .matmul(normalised(textFeatures).transpose(0, 1))
                .times(logitScale.exp());
    }

    /**
     * The loss CLIP is trained with (figure 3 of the paper): the mean of the cross entropies of finding each image's
     * text and each text's image.
     *
     * @param logits (n, n) from {@link #logitsPerImage}; image i belongs to text i
     */
    public static Tensor contrastiveLoss(Tensor logits) {
        return crossEntropyOfDiagonal(logits)
                .plus(crossEntropyOfDiagonal(logits.transpose(0, 1)))
                .times(0.5);
    }

    private static Tensor crossEntropyOfDiagonal(Tensor logits) {
        Tensor own = Tensor.range(logits.size(0)).to(logits.device()).unsqueeze(1); // (n, 1)
        return logits.logSoftmax(1).gather(1, own).mean().negative();
    }
}
