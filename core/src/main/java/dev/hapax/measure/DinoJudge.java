package dev.hapax.measure;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.vision.DinoEncoder;
import dev.hapax.vision.DinoWeights;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * DINO as a judge: whether drawn images show the very thing of the real pictures. The DINO score of DreamBooth (Ruiz et
 * al. 2023, section 4.1) is the mean cosine over all pairs of a drawn image x_i and a real one y_j,
 *
 * <pre>  DINO = 1/(n m) sum_ij f(x_i) . f(y_j) / (|f(x_i)| |f(y_j)|),</pre>
 *
 * <p>where f is the class token of a DINO encoder; the paper takes ViT-S/16. Unlike CLIP's, its features were not
 * taught to ignore what tells things of one class apart. Reads one folder with {@code config.json}, {@code
 * model.safetensors} and {@code preprocessor_config.json}; DINOv2 is read as well, but its scores are another scale.
 */
public final class DinoJudge implements AutoCloseable {
    private final ModelFolder folder;
    private final DinoWeights weights;
    private final DinoEncoder encoder;
    private final ImageProcessor processor;

    private DinoJudge(ModelFolder folder, ImageProcessor processor) {
        this.folder = folder;
        this.processor = processor;
        weights = new DinoWeights(folder.weights(ModelFolder.ROOT, DType.FLOAT32));
        try {
            encoder = DinoEncoder.of(folder.config(ModelFolder.ROOT), Weights.of(weights));
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /**
     * Opens the judge in a model's folder, with the folder's own image processor.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static DinoJudge open(Path model) {
        return open(model, ImageProcessor.of(Config.read(model.resolve("preprocessor_config.json"))));
    }

    /**
     * Opens the judge in a model's folder, with another image processor: {@link
     * dev.hapax.vision.DinoTransform#standard()} for scores to compare with those published for DreamBooth.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static DinoJudge open(Path model, ImageProcessor processor) {
        ModelFolder folder = ModelFolder.open(model);
        try {
            return new DinoJudge(folder, processor);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** SHA-256 of the weights that judge, in hexadecimal; reads them all. */
    public String hash() {
        return folder.hash(List.of(ModelFolder.ROOT));
    }

    /** The place of a picture: its class token. */
    public Embedding of(BufferedImage picture) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            return new Embedding(
                    encoder.encode(processor.apply(Raster.of(picture))).cls().toFloats());
        }
    }

    /** The places of several pictures. */
    public List<Embedding> of(List<BufferedImage> pictures) {
        return pictures.stream().map(this::of).toList();
    }

    /**
     * The DINO score of drawn images against real pictures, in [-1, 1]; 1 if all show the same.
     *
     * @throws IllegalArgumentException if there are no drawn images or no real pictures
     */
    public double similarity(List<BufferedImage> drawn, List<BufferedImage> real) {
        if (drawn.isEmpty() || real.isEmpty()) {
            throw new IllegalArgumentException(
                    "the DINO score needs at least one drawn image and one real picture, got " + drawn.size() + " and "
                            + real.size());
        }
        return ImageAlignment.of(of(drawn), of(real));
    }

    /** Frees the model. */
    @Override
    public void close() {
        weights.close();
        folder.close();
    }
}
