package dev.hapax.unet;

import dev.hapax.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Kandinsky's U-Net is to draw.
 *
 * @param image CLIP embeddings of images, (b, image width)
 * @param text what Kandinsky 2.1 reads beside it; null for 2.2
 */
public record ImageConditions(Tensor image, @Nullable Text text) {

    /**
     * A text.
     *
     * @param states of its tokens, (b, tokens, text width)
     * @param pooled of the whole, (b, image width)
     */
    public record Text(Tensor states, Tensor pooled) {}

    /** For Kandinsky 2.2. */
    public static ImageConditions of(Tensor image) {
        return new ImageConditions(image, null);
    }

    /** For Kandinsky 2.1. */
    public static ImageConditions of(Tensor image, Tensor textStates, Tensor pooledText) {
        return new ImageConditions(image, new Text(textStates, pooledText));
    }

    /** These and then others, as one batch; both have texts of one length or none has. */
    public ImageConditions then(ImageConditions others) {
        if ((text == null) != (others.text == null)) {
            throw new IllegalArgumentException("conditions with and without a text do not make one batch");
        }
        Tensor images = Tensor.cat(List.of(image, others.image), 0);
        if (text == null || others.text == null) {
            return of(images);
        }
        return of(
                images,
                Tensor.cat(List.of(text.states(), others.text.states()), 0),
                Tensor.cat(List.of(text.pooled(), others.text.pooled()), 0));
    }
}
