package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Kandinsky's U-Net is told what to draw: some tokens for its attention are made of the image embedding, and the
 * embedding is also added to the timestep (diffusers: TextImageProjection and TextImageTimeEmbedding in 2.1,
 * ImageProjection and ImageTimeEmbedding in 2.2).
 *
 * @param imageTokens image width to all tokens side by side
 * @param tokens how many they are
 * @param tokenNorm of each token; 2.2 alone has it
 * @param textTokens text width to context width; 2.1 alone has it
 * @param imageTime image width to time width
 * @param pooledTime the same for the pooled text; 2.1 alone has it
 * @param timeNorm of what the pooled text (2.1) or the image embedding (2.2) becomes
 */
record ImageConditioning(
        Linear imageTokens,
        int tokens,
        @Nullable LayerNorm tokenNorm,
        @Nullable Linear textTokens,
        Linear imageTime,
        @Nullable Linear pooledTime,
        LayerNorm timeNorm) {
    private static final int WITH_TEXT = 10; // diffusers: num_image_text_embeds, which no configuration changes
    private static final int ALONE = 32;
    private static final double EPSILON = 1e-5; // PyTorch's default

    static ImageConditioning of(KandinskyUNetConfig config, Weights weights) {
        Weights context = weights.at("encoder_hid_proj");
        Weights added = weights.at("add_embedding");
        int width = config.contextWidth();
        int time = config.time().width();
        boolean text = config.text();
        int tokens = text ? WITH_TEXT : ALONE;
        // in 2.1 the image embedding is as wide as the context
        int imageWidth = text ? width : config.encoderWidth();
        return new ImageConditioning(
                Linear.of(context.at("image_embeds"), imageWidth, (long) tokens * width),
                tokens,
                text ? null : LayerNorm.of(context.at("norm"), width, EPSILON),
                text ? Linear.of(context.at("text_proj"), config.encoderWidth(), width) : null,
                Linear.of(added.at("image_proj"), imageWidth, time),
                text ? Linear.of(added.at("text_proj"), width, time) : null,
                LayerNorm.of(added.at(text ? "text_norm" : "image_norm"), time, EPSILON));
    }

    /** The width of the image embeddings that it reads. */
    int imageWidth() {
        return (int) imageTime.weight().size(1);
    }

    /** What attention reads: (b, tokens, context width). */
    Tensor context(ImageConditions conditions) {
        require(conditions);
        Tensor image =
                imageTokens.apply(conditions.image()).reshape(conditions.image().size(0), tokens, -1);
        if (textTokens != null && conditions.text() != null) {
            return Tensor.cat(List.of(image, textTokens.apply(conditions.text().states())), 1);
        }
        return tokenNorm == null ? image : tokenNorm.apply(image);
    }

    /** What is added to the timestep: (b, time width). */
    Tensor time(ImageConditions conditions) {
        Tensor image = imageTime.apply(conditions.image());
        return pooledTime != null && conditions.text() != null
                ? timeNorm.apply(pooledTime.apply(conditions.text().pooled())).plus(image)
                : timeNorm.apply(image);
    }

    private void require(ImageConditions conditions) {
        ImageConditions.Text text = conditions.text();
        if ((text == null) != (textTokens == null)) {
            throw new IllegalArgumentException(
                    textTokens == null
                            ? "this U-Net reads an image embedding alone (Kandinsky 2.2), got a text too"
                            : "this U-Net reads a text beside the image embedding (Kandinsky 2.1), got none");
        }
        long batch = conditions.image().size(0);
        Shape.require("image embeddings", conditions.image().shape(), batch, imageWidth());
        if (text != null && textTokens != null) {
            Shape.require(
                    "the text",
                    text.states().shape(),
                    batch,
                    -1,
                    textTokens.weight().size(1));
            Shape.require(
                    "the pooled text", text.pooled().shape(), conditions.image().shape());
        }
    }
}
