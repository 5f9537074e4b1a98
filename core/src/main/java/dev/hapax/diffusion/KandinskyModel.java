package dev.hapax.diffusion;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.schedule.Sampler;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.MultilingualClip;
import dev.hapax.unet.ImageConditions;
import dev.hapax.unet.KandinskyUNet;
import dev.hapax.vae.ImageTensor;
import dev.hapax.vae.Movq;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kandinsky 2.1 or 2.2's decoder from its folder. 2.1 reads a text beside the embedding; it is told an empty one, as ConceptLab
 * does it (Richardson et al. 2024, official code), for its text encoder does not know learned words.
 */
public final class KandinskyModel implements EmbeddingModel {
    private static final int STEPS = 50; // ConceptLab's, and its guidance
    private static final double GUIDANCE = 7.5;
    private static final int TOKENS = 77; // that diffusers fills a text up to
    private static final int SIDE = 64; // of latents, where the configuration says nothing

    private final ModelFolder folder;
    private final KandinskyUNet unet;
    private final Movq movq;
    private final Config scheduler;
    private final int side;
    private final ImageConditions.@Nullable Text silence;

    private KandinskyModel(
            ModelFolder folder,
            KandinskyUNet unet,
            Movq movq,
            Config scheduler,
            int side,
            ImageConditions.@Nullable Text silence) {
        this.folder = folder;
        this.unet = unet;
        this.movq = movq;
        this.scheduler = scheduler;
        this.side = side;
        this.silence = silence;
    }

    /** Reads {@code unet}, {@code movq}, {@code scheduler} and, for 2.1, {@code text_encoder}; closes the folder with it. */
    static KandinskyModel of(ModelFolder folder) {
        Config config = folder.config("unet");
        KandinskyUNet unet = KandinskyUNet.of(config, folder.weights("unet", DType.FLOAT32));
        Movq movq = Movq.of(folder.config("movq"), folder.weights("movq", DType.FLOAT32));
        return new KandinskyModel(
                folder,
                unet,
                movq,
                folder.config("scheduler"),
                config.integer("sample_size", SIDE) * movq.reduction(),
                unet.readsText() ? silence(folder) : null);
    }

    /** What the text encoder says of the empty text: begin, end, padding. */
    private static ImageConditions.Text silence(ModelFolder folder) {
        Config config = folder.config("text_encoder");
        MultilingualClip encoder = MultilingualClip.of(config, folder.weights("text_encoder", DType.FLOAT32));
        int length = Math.min(TOKENS, encoder.maxTokens());
        long[] ids = new long[length];
        Arrays.fill(ids, encoder.padding());
        ids[0] = config.integer("bos_token_id", 0);
        ids[1] = config.integer("eos_token_id", 2);
        float[] mask = new float[length];
        mask[0] = 1;
        mask[1] = 1;
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            MultilingualClip.Encoding read = encoder.encode(Tensor.of(ids, 1, length), Tensor.of(mask, 1, length));
            return new ImageConditions.Text(
                    read.states().keep(), read.projected().keep());
        }
    }

    @Override
    public String name() {
        return folder.root().getFileName().toString();
    }

    @Override
    public String hash() {
        return folder.hash(List.of("unet", "movq"));
    }

    @Override
    public int width() {
        return unet.imageWidth();
    }

    @Override
    public ImageRequest request(String prompt) {
        return ImageRequest.of(prompt).withSteps(STEPS).withGuidance(GUIDANCE).withSize(side, side);
    }

    @Override
    public Nothing nothing() {
        return Nothing.BLACK_PICTURE;
    }

    @Override
    public BufferedImage draw(Tensor embedding, Optional<Tensor> instead, ImageRequest request) {
        Shape.require("the embedding", embedding.shape(), 1, width());
        if (request.guidance() > 1 && instead.isEmpty()) {
            throw new IllegalArgumentException("guidance leads away from an embedding, and there is none; give that of"
                    + " a black picture, or guidance 1");
        }
        ImageSize size = request.size().orElseGet(() -> new ImageSize(side, side));
        KandinskyDecoder decoder =
                new KandinskyDecoder(unet, movq, sampler(request.sampler()), request.steps(), request.guidance());
        size.requireMultiple(movq.reduction() * movq.reduction());
        long[] shape = {movq.latentChannels(), decoder.latentSide(size.height()), decoder.latentSide(size.width())};
        ImageNoise noise = new ImageNoise(new Rng(request.seed()), request.first(), 1, shape, Device.CPU);
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor latents = decoder.sample(
                    conditions(embedding),
                    conditions(instead.orElse(embedding)),
                    noise.draw(Purpose.LATENTS, 0),
                    noise.ofSampler(),
                    x -> {});
            return ImageTensor.toImages(movq.decode(latents)).get(0);
        }
    }

    private ImageConditions conditions(Tensor embedding) {
        return silence == null
                ? ImageConditions.of(embedding)
                : ImageConditions.of(embedding, silence.states(), silence.pooled());
    }

    private Sampler sampler(String name) {
        return name.isEmpty() ? Samplers.of(scheduler) : Samplers.named(name, NoiseSchedule.of(scheduler));
    }

    @Override
    public void close() {
        if (silence != null) {
            silence.states().close();
            silence.pooled().close();
        }
        folder.close();
    }
}
