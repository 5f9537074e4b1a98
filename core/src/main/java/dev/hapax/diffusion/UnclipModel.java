package dev.hapax.diffusion;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.ImageTensor;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * Stable Diffusion unCLIP from its folder. Its text says nothing: what there is to say is in the embedding, and its text encoder
 * does not know the words of the prior's.
 */
public final class UnclipModel implements EmbeddingModel {
    private static final int STEPS = 20; // diffusers' defaults for it
    private static final double GUIDANCE = 10;
    private static final int LEVEL = 0; // of the embedding's noise: the image shall be what the prior drew

    private final ModelFolder folder;
    private final StableDiffusion model;
    private final EmbeddingNoise noise;

    private UnclipModel(ModelFolder folder, StableDiffusion model, EmbeddingNoise noise) {
        this.folder = folder;
        this.model = model;
        this.noise = noise;
    }

    /** Reads the whole pipeline; closes the folder with it. */
    static UnclipModel of(ModelFolder folder) {
        StableDiffusion model = StableDiffusion.open(folder.root(), DType.FLOAT32, Device.CPU);
        try {
            EmbeddingNoise noise = EmbeddingNoise.of(folder);
            new UnclipDecoder(model, noise, GUIDANCE); // do they belong together?
            return new UnclipModel(folder, model, noise);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String hash() {
        return model.hash();
    }

    @Override
    public int width() {
        return (int) noise.mean().size(1);
    }

    @Override
    public ImageRequest request(String prompt) {
        return ImageRequest.of(prompt).withSteps(STEPS).withGuidance(GUIDANCE);
    }

    @Override
    public Nothing nothing() {
        return Nothing.ITS_OWN;
    }

    @Override
    public BufferedImage draw(Tensor embedding, Optional<Tensor> instead, ImageRequest request) {
        if (instead.isPresent()) {
            throw new IllegalArgumentException("Stable Diffusion unCLIP reads no embedding of what must not be in the"
                    + " image; leave out the negative prompt \"" + request.negativePrompt() + "\"");
        }
        ImageSize size = model.nativeSize();
        if (request.size().isPresent() && !request.size().get().equals(size)) {
            throw new IllegalArgumentException(name() + " draws images of " + size + ", got "
                    + request.size().get());
        }
        int reduction = model.vae().reduction();
        long[] shape = {model.vae().latentChannels(), size.height() / reduction, size.width() / reduction};
        Rng rng = new Rng(request.seed());
        ImageNoise latents = new ImageNoise(rng, request.first(), 1, shape, Device.CPU);
        try (Scope scope = Scope.open();
                Trajectory run = model.sampler(request.sampler()).start(request.steps())) {
            Tensor image = new UnclipDecoder(model, noise, request.guidance())
                    .draw(
                            "",
                            List.of(),
                            embedding,
                            LEVEL,
                            rng.normal(Purpose.NOISE, 0, request.first(), 1, width()),
                            run,
                            latents.draw(Purpose.LATENTS, 0),
                            latents.ofSampler());
            return ImageTensor.toImages(image.times(2).minus(1)).get(0);
        }
    }

    @Override
    public void close() {
        model.close();
        folder.close();
    }
}
