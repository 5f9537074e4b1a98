package dev.hapax.measure;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipImageProcessor;
import dev.hapax.vision.ClipModel;
import dev.hapax.vision.ClipVisionEncoder;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * CLIP as a judge (Radford et al. 2021): places pictures and ordinary texts in one space, where near means alike. Reads
 * the parts {@code text_encoder} (with a projection), {@code tokenizer}, {@code image_encoder} and {@code
 * feature_extractor} of a model's folder, or a whole CLIP as transformers saves it in one folder.
 */
public final class ClipJudge implements AutoCloseable {
    private static final String TEXTS = "text_encoder";
    private static final String IMAGES = "image_encoder";

    private final ModelFolder folder;
    private final Tokenizer tokenizer;
    private final ClipTextEncoder texts;
    private final ClipVisionEncoder images;
    private final ClipImageProcessor processor;

    private ClipJudge(ModelFolder folder) {
        this.folder = folder;
        if (isWhole(folder)) {
            ClipModel clip =
                    ClipModel.of(folder.config(ModelFolder.ROOT), folder.weights(ModelFolder.ROOT, DType.FLOAT32));
            texts = clip.text();
            images = clip.image();
            processor = ClipImageProcessor.of(Config.read(folder.root().resolve("preprocessor_config.json")));
            tokenizer = Tokenizer.open(folder.root(), texts.maxTokens());
        } else {
            texts = ClipTextEncoder.of(folder.config(TEXTS), folder.weights(TEXTS, DType.FLOAT32));
            images = ClipVisionEncoder.of(folder.config(IMAGES), folder.weights(IMAGES, DType.FLOAT32));
            processor = ClipImageProcessor.of(folder.config("feature_extractor"));
            tokenizer = Tokenizer.open(folder.path("tokenizer"), texts.maxTokens());
        }
    }

    private static boolean isWhole(ModelFolder folder) {
        return folder.has(ModelFolder.ROOT) && folder.config(ModelFolder.ROOT).has("vision_config");
    }

    /**
     * Opens the judge in a model's folder.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a part is missing or damaged
     */
    public static ClipJudge open(Path model) {
        ModelFolder folder = ModelFolder.open(model);
        try {
            return new ClipJudge(folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** SHA-256 of the weights that judge, in hexadecimal; reads them all. */
    public String hash() {
        return folder.hash(isWhole(folder) ? List.of(ModelFolder.ROOT) : List.of(IMAGES, TEXTS));
    }

    /** The place of a picture. */
    public Embedding of(BufferedImage picture) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor pixels = processor.apply(Raster.of(picture)); // (1, 3, size, size)
            return new Embedding(images.encode(pixels).projected().toFloats());
        }
    }

    /** The places of several pictures. */
    public List<Embedding> of(List<BufferedImage> pictures) {
        return pictures.stream().map(this::of).toList();
    }

    /**
     * The place of a text.
     *
     * @throws IllegalArgumentException if the model's text encoder has no projection
     */
    public Embedding of(String text) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            TextEncoding encoded = texts.encode(List.of(tokenizer.encode(text)), Lexicon.empty());
            return new Embedding(encoded.projected()
                    .orElseThrow(() -> new IllegalArgumentException("the text encoder of " + folder.root()
                            + " has no projection into CLIP's space; use a model that has one"))
                    .toFloats());
        }
    }

    /** Frees the model. */
    @Override
    public void close() {
        tokenizer.close();
        folder.close();
    }
}
