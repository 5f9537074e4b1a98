package dev.hapax.learning;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Tokenizer;
import dev.hapax.text.Word;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tiny model of the reference numbers with everything that is needed to teach it. */
public final class TinyTeaching implements AutoCloseable {
    private static final Path MODEL = Path.of("src/test/resources/goldens/sd-tiny");

    private final Scope scope = Scope.open();
    private final ModelFolder folder =
            ModelFolder.open(Files.exists(MODEL) ? MODEL : Path.of("core").resolve(MODEL));
    private final DType dtype;
    private final Vae vae;
    private final ClipTextEncoder encoder;
    private final Tokenizer tokenizer;
    private final TunableModel tunable;

    /** In fp32. */
    public TinyTeaching() {
        this(DType.FLOAT32);
    }

    /** With weights of this type. */
    public TinyTeaching(DType dtype) {
        this.dtype = dtype;
        vae = Vae.of(folder.config("vae"), folder.weights("vae", dtype));
        encoder = ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", dtype));
        tokenizer = Tokenizer.open(folder.path("tokenizer"), encoder.maxTokens());
        tunable = new TunableModel(part("unet"), part("text_encoder"));
    }

    private ModelPart part(String name) {
        return new ModelPart(folder.config(name), folder.weights(name, dtype).source());
    }

    /** The U-Net and the text encoder as they can be built anew. */
    public TunableModel tunable() {
        return tunable;
    }

    /** The text encoder. */
    public ClipTextEncoder encoder() {
        return encoder;
    }

    /** The tokenizer. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** The autoencoder. */
    public Vae vae() {
        return vae;
    }

    /** A picture of random latents. */
    public Example picture(String name, long seed) {
        Tensor latents = new Rng(seed).normal(Purpose.EVALUATION, 0, 0, 1, 4, 8, 8);
        Tensor noise = new Rng(seed).normal(Purpose.EVALUATION, 1, 0, 1, 4, 8, 8);
        Tensor mirrored = latents.flip(3).plus(noise.times(0.3)); // no autoencoder is symmetric
        return new Example(name, "", new Posterior(latents, latents.times(0.1).minus(3)))
                .withMirrored(new Posterior(mirrored, mirrored.times(0.1).minus(3)));
    }

    /** Teaches with one picture, and regularising ones with these captions. */
    public DenoisingForward forward(int batch, Augmentation augmentation, String... captions) {
        List<Example> pictures = new ArrayList<>(List.of(picture("scene", 3)));
        for (String caption : captions) {
            pictures.add(picture(caption, 4 + pictures.size()).regularising(caption));
        }
        return new DenoisingForward(
                tokenizer,
                encoder,
                UNet.of(folder.config("unet"), folder.weights("unet", dtype)),
                vae,
                NoiseSchedule.of(folder.config("scheduler")),
                pictures,
                batch,
                0.5,
                new Rng(11),
                Optional.of(tunable),
                augmentation,
                false);
    }

    /** The same without augmentation. */
    public DenoisingForward forward(int batch, String... captions) {
        return forward(batch, Augmentation.NONE, captions);
    }

    /** What each loss of a method says of its first pass, with a regularising picture. */
    public List<Double> losses(Method<DenoisingPass> method) {
        try (Scope step = Scope.open()) {
            DenoisingForward forward = forward(2, "a cat");
            Lexicon words = Lexicon.empty();
            for (Word word : method.words()) {
                words = words.with(word.token(), forward.initial(word));
            }
            DenoisingPass pass = forward.pass(method, new Learned(words, forward.initialWeights(method)), 0);
            return method.losses().stream().map(loss -> loss.of(pass).item()).toList();
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        folder.close();
        scope.close();
    }
}
