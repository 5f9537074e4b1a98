package dev.hapax.diffusion;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that draws the image of a CLIP embedding, the second half of unCLIP (Ramesh et al. 2022): {@link KandinskyModel},
 * {@link UnclipModel}.
 */
public interface EmbeddingModel extends AutoCloseable {

    /**
     * Reads a folder as diffusers saves it: that of Kandinsky 2.1, of Kandinsky 2.2's decoder, or of Stable Diffusion
     * unCLIP. Computes in fp32 on the CPU.
     *
     * @throws CheckpointException if it is of another family, or a part is missing, damaged or not supported
     */
    static EmbeddingModel open(Path root) {
        ModelFolder folder = ModelFolder.open(root);
        try {
            if (folder.has("movq")) {
                return KandinskyModel.of(folder);
            }
            if (folder.has("image_normalizer")) {
                return UnclipModel.of(folder);
            }
            throw new CheckpointException(root + " draws no image embeddings; it has " + folder.parts()
                    + ". Name the folder of Kandinsky 2.1, of Kandinsky 2.2's decoder, or of Stable Diffusion unCLIP");
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** What to call it: the folder's name. */
    String name();

    /** SHA-256 of its weights, in hexadecimal; reads all of them. */
    String hash();

    /** The width of the embeddings that it reads. */
    int width();

    /** What a request for an image has if nobody asks otherwise. */
    ImageRequest request(String prompt);

    /**
     * Draws the first image of a request; its prompts are not read, for they are in the embeddings.
     *
     * @param embedding on CLIP's own scale, (1, {@link #width()})
     * @param instead the embedding that guidance leads away from, of the same shape; empty for nothing
     * @throws IllegalArgumentException if a shape or the size of the image does not fit
     */
    BufferedImage draw(Tensor embedding, Optional<Tensor> instead, ImageRequest request);

    /** What guidance leads away from if there is no negative prompt. */
    Nothing nothing();

    /** How a decoder is told that there is nothing to see. */
    enum Nothing {
        /** By the embedding of a black picture, which somebody has to give it. */
        BLACK_PICTURE,
        /** It knows by itself, and reads no embedding of what must not be. */
        ITS_OWN
    }

    /** Frees it. */
    @Override
    void close();
}
