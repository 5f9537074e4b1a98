package dev.hapax.diffusion;

import dev.hapax.lora.LoraReport;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.PromptField;
import dev.hapax.text.PromptRenderer;
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
        return generate(request, Optional.empty(), Optional.empty(), progress);
    }

    /**
     * Draws the images of a request that read a field in the place of its prompt; their settings name the prompt alone.
     *
     * @param field what is read at each site
     */
    public List<GeneratedImage> generate(ImageRequest request, PromptField field, Progress progress) {
        return generate(request, Optional.of(field), Optional.empty(), progress);
    }

    /**
     * Draws variations of a picture, or of the part of it that a mask names.
     *
     * <p>The images have the size of the request, or, if it has none, that of the picture. If its shape is another, the
     * part of picture and mask around the centre is taken that has it. Any size will do: {@link Canvas}.
     *
     * @throws IllegalArgumentException if the model reads a mask and there is none, the mask leaves nothing to paint, or
     *     no size is asked for and the picture has more than 4 times the pixels that the model is trained for
     */
    public List<GeneratedImage> generateFrom(StartImage start, ImageRequest request, Progress progress) {
        return generate(request, Optional.empty(), Optional.of(start), progress);
    }

    private List<GeneratedImage> generate(
            ImageRequest request, Optional<PromptField> read, Optional<StartImage> start, Progress progress) {
        requireChannels(start);
        Canvas canvas = canvas(request, start);
        Optional<StartImage> framed = start.map(picture -> picture.framed(canvas.shown()));
        List<GeneratedImage> images = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            PromptField field = read.orElseGet(() -> field(request.prompt()));
            Denoiser denoiser = denoiser(request, field, canvas.drawn());
            int end = request.first() + request.count();
            for (int index = request.first(); index < end; index += together) {
                int count = Math.min(together, end - index);
                draw(denoiser, request.withImages(index, count), canvas, framed, progress)
                        .forEach(image -> images.add(new GeneratedImage(
                                image, settings(request, canvas.shown(), start, request.first() + images.size()))));
            }
        }
        return images;
    }

    private Denoiser denoiser(ImageRequest request, PromptField field, ImageSize size) {
        try (Gradients.Region frozen = Gradients.off()) {
            Conditions prompt = conditions(field, size, false);
            Conditions negative =
                    request.guidance() > 1 ? conditions(field(request.negativePrompt()), size, true) : prompt;
            return new Denoiser(
                    model.unet(), model.dtype(), prompt, negative, request.guidance(), guide(request, field));
        }
    }

    private Conditions conditions(PromptField field, ImageSize size, boolean negative) {
        boolean plain = field.texts().get(0).isEmpty() || words.stream().allMatch(Lexicon::isPlain);
        return negative && field.isConstant() && plain
                ? Conditions.constant(model.text().encodeNegative(field.texts().get(0), words, size))
                : FieldConditions.of(
                        model.text(), field, words, size, model.unet().crossAttentionLayers());
    }

    /** Whether a prompt says the same in all layers and at all timesteps. */
    public boolean readsOneText(String prompt) {
        return field(prompt).isConstant();
    }

    /** What is read of a prompt at each site. */
    private PromptField field(String text) {
        return PromptRenderer.render(text, words.get(0), model.unet().crossAttentionLayers());
    }

    /** The generator's own guide, and behind it the one that holds words in the request's boxes. */
    private Guide guide(ImageRequest request, PromptField field) {
        if (request.boxes().isEmpty()) {
            return guide;
        }
        if (!field.isConstant()) {
            throw new IllegalArgumentException("the prompt \"" + request.prompt() + "\" says other things in other"
                    + " layers or at other timesteps, and boxes look for words in one text; leave one of the two out");
        }
        BoxGuide boxes = BoxGuide.of(model.unet(), model.text().tokens(request.prompt(), words), request.boxes());
        return (latents, moment) -> boxes.move(guide.move(latents, moment), moment);
    }

    private List<BufferedImage> draw(
            Denoiser denoiser, ImageRequest request, Canvas canvas, Optional<StartImage> start, Progress progress) {
        Rng rng = new Rng(request.seed());
        long[] shape = latentShape(canvas.drawn());
        ImageNoise noise = new ImageNoise(rng, request.first(), request.count(), shape, model.device());
        try (Scope scope = Scope.open();
                Trajectory run = model.sampler(request.sampler()).start(request.steps())) {
            Beginning begin = start.map(s -> Beginning.of(model, s, canvas, run, request.steps(), noise))
                    .orElseGet(() -> Beginning.ofNoise(run, noise));
            Tensor latents = denoiser.withInpainting(begin.inpainting())
                    .run(run, begin.call(), begin.latents(), noise.ofSampler(), request.first(), progress);
            List<BufferedImage> drawn =
                    decode(latents).stream().map(canvas::cut).toList();
            start.ifPresent(s -> drawn.forEach(image -> s.keepOutsideMask(image, canvas)));
            return drawn;
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

    private ImageSettings settings(ImageRequest request, ImageSize size, Optional<StartImage> start, int index) {
        return new ImageSettings(
                request.prompt(),
                request.negativePrompt(),
                WordHashes.of(words, request.prompt(), request.negativePrompt()),
                model.loras().stream().map(LoraReport::lora).toList(),
                model.name(),
                model.hash(),
                request.sampler(),
                request.steps(),
                request.guidance(),
                request.seed(),
                index,
                size,
                start.map(StartImage::strength).orElse(1.0),
                start.map(StartImage::settings),
                request.boxes(),
                Version.CURRENT);
    }

    private long[] latentShape(ImageSize size) {
        int r = model.vae().reduction();
        return new long[] {model.vae().latentChannels(), size.height() / r, size.width() / r};
    }

    private void requireChannels(Optional<StartImage> start) {
        int latents = model.vae().latentChannels();
        int reads = model.unet().inChannels();
        boolean masked = start.flatMap(StartImage::mask).isPresent();
        if (model.readsMask() && !masked) {
            throw new IllegalArgumentException("this model is for inpainting: its U-Net reads " + reads
                    + " channels, latents, mask and masked picture; give it a picture and a mask (--start, --mask), or"
                    + " take a model that reads " + latents);
        }
        if (!model.readsMask() && reads != latents) {
            throw new IllegalArgumentException("the U-Net reads " + reads + " channels; this library draws with "
                    + latents + " (latents) or " + (2 * latents + 1) + " (for inpainting)");
        }
    }

    private Canvas canvas(ImageRequest request, Optional<StartImage> start) {
        ImageSize own = model.nativeSize();
        int r = model.vae().reduction();
        if (start.isEmpty()) {
            ImageSize size = request.size().orElse(own);
            size.requireMultiple(r);
            return new Canvas(size, size);
        }
        return Canvas.of(request.size().orElseGet(() -> start.get().sizeNear(own, r)), r);
    }
}
