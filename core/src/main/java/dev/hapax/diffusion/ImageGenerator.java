package dev.hapax.diffusion;

import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vae.ImageTensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws images. All noise comes from the seed and an image's index, so image k of a seed is the same whether drawn
 * alone or among others; with {@code together == 1} to the last bit.
 *
 * @param model what draws
 * @param words learned words that prompts may hold: a lexicon for each text encoder, or an empty list for none
 * @param guide moves the latents on their way
 * @param together how many images the U-Net works on at once: 1, or more on a GPU, where rounding may then differ
 */
public record ImageGenerator(StableDiffusion model, List<Lexicon> words, Guide guide, int together) {

    /** Checks that words fit the model's encoders in number. */
    public ImageGenerator {
        if (together < 1) {
            throw new IllegalArgumentException("at least 1 image must be drawn at once, got " + together);
        }
        words = List.copyOf(PromptEncoder.perEncoder(model.text().encoders(), words));
    }

    /** A generator without learned words or guide, one image at a time. */
    public static ImageGenerator of(StableDiffusion model) {
        return new ImageGenerator(model, List.of(), Guide.NONE, 1);
    }

    /** The same with learned words, a lexicon for each text encoder. */
    public ImageGenerator withWords(Lexicon... lexicons) {
        return new ImageGenerator(model, List.of(lexicons), guide, together);
    }

    /** The same with a guide. */
    public ImageGenerator withGuide(Guide newGuide) {
        return new ImageGenerator(model, words, newGuide, together);
    }

    /** The same, drawing so many images at once. */
    public ImageGenerator drawingTogether(int images) {
        return new ImageGenerator(model, words, guide, images);
    }

    /** Draws the images of a request. */
    public List<GeneratedImage> generate(ImageRequest request) {
        return generate(request, Progress.NONE);
    }

    /** Draws the images of a request, telling of every step. */
    public List<GeneratedImage> generate(ImageRequest request, Progress progress) {
        return generate(request, Optional.empty(), progress);
    }

    /**
     * Draws variations of a picture, which must have the size that is drawn.
     *
     * @throws IllegalArgumentException if it has another size
     */
    public List<GeneratedImage> generateFrom(StartImage start, ImageRequest request, Progress progress) {
        return generate(request, Optional.of(start), progress);
    }

    private List<GeneratedImage> generate(ImageRequest request, Optional<StartImage> start, Progress progress) {
        ImageSize size = request.size().orElse(model.nativeSize());
        requireMultiple(size);
        List<GeneratedImage> images = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Denoiser denoiser = denoiser(request, size);
            int end = request.first() + request.count();
            for (int index = request.first(); index < end; index += together) {
                int count = Math.min(together, end - index);
                draw(denoiser, request.withImages(index, count), size, start, progress)
                        .forEach(image -> images.add(new GeneratedImage(
                                image, settings(request, size, start, request.first() + images.size()))));
            }
        }
        return images;
    }

    private Denoiser denoiser(ImageRequest request, ImageSize size) {
        try (Gradients.Region frozen = Gradients.off()) {
            PromptEncoder text = model.text();
            Condition prompt = text.encode(request.prompt(), words, size);
            Condition negative =
                    request.guidance() > 1 ? text.encodeNegative(request.negativePrompt(), words, size) : prompt;
            return new Denoiser(
                    model.unet(),
                    model.dtype(),
                    Conditions.constant(prompt),
                    Conditions.constant(negative),
                    request.guidance(),
                    guide);
        }
    }

    private List<BufferedImage> draw(
            Denoiser denoiser, ImageRequest request, ImageSize size, Optional<StartImage> start, Progress progress) {
        Rng rng = new Rng(request.seed());
        ImageNoise noise = new ImageNoise(rng, request.first(), request.count(), latentShape(size), model.device());
        try (Scope scope = Scope.open();
                Trajectory run = model.sampler(request.sampler()).start(request.steps())) {
            int firstCall = start.map(s -> run.firstCallOf(s.firstStep(request.steps())))
                    .orElse(0);
            Tensor unit = noise.draw(Purpose.LATENTS, 0);
            Tensor first = start.map(s -> run.noisy(latents(s, size, noise), unit, firstCall))
                    .orElseGet(() -> unit.times(run.initNoiseSigma()));
            Tensor latents = denoiser.run(run, firstCall, first, noise.ofSampler(), request.first(), progress);
            return decode(latents);
        }
    }

    /** Pictures of latents, one after the other to bound the memory. */
    private List<BufferedImage> decode(Tensor latents) {
        List<BufferedImage> pictures = new ArrayList<>();
        for (long i = 0; i < latents.size(0); i++) {
            try (Gradients.Region frozen = Gradients.off();
                    Scope scope = Scope.open()) {
                Tensor z = model.vae().fromLatents(latents.narrow(0, i, 1)).to(model.vaeDtype());
                pictures.addAll(ImageTensor.toImages(model.vae().decode(z)));
            }
        }
        return pictures;
    }

    private Tensor latents(StartImage start, ImageSize size, ImageNoise noise) {
        BufferedImage picture = start.image();
        if (picture.getWidth() != size.width() || picture.getHeight() != size.height()) {
            throw new IllegalArgumentException("the start image is " + picture.getWidth() + "x" + picture.getHeight()
                    + ", the request " + size + "; scale the image, or ask for its size");
        }
        try (Gradients.Region frozen = Gradients.off()) {
            Tensor pixels = ImageTensor.of(picture).to(model.device()).to(model.vaeDtype()); // (1, 3, h, w)
            Tensor z =
                    model.vae().encode(pixels).sample(noise.draw(Purpose.VAE, 0).to(model.vaeDtype()));
            return model.vae().toLatents(z).to(DType.FLOAT32); // (images, channels, h / r, w / r)
        }
    }

    private ImageSettings settings(ImageRequest request, ImageSize size, Optional<StartImage> start, int index) {
        return new ImageSettings(
                request.prompt(),
                request.negativePrompt(),
                WordHashes.of(words, request.prompt(), request.negativePrompt()),
                model.name(),
                model.hash(),
                request.sampler(),
                request.steps(),
                request.guidance(),
                request.seed(),
                index,
                size,
                start.map(StartImage::strength).orElse(1.0),
                Version.CURRENT);
    }

    private long[] latentShape(ImageSize size) {
        int r = model.vae().reduction();
        return new long[] {model.vae().latentChannels(), size.height() / r, size.width() / r};
    }

    private void requireMultiple(ImageSize size) {
        int r = model.vae().reduction();
        if (size.width() % r != 0 || size.height() % r != 0) {
            throw new IllegalArgumentException("width and height must be multiples of " + r + ", got " + size
                    + "; the nearest is " + nearest(size.width(), r) + "x" + nearest(size.height(), r));
        }
    }

    private static int nearest(int length, int r) {
        return Math.max(1, (length + r / 2) / r) * r;
    }
}
