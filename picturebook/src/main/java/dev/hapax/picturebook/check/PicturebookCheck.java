package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.ImageTensor;
import dev.hapax.vae.Vae;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks a model of the little world: tries the reader on true renderings first, then reads from the autoencoder's
 * reconstructions and from the model's own pictures of held-out prompts of two things. Equal settings give equal figures.
 */
public final class PicturebookCheck {
    private static final int SIZE = 128; // pixels, as the models are trained

    private final ModelFolder model;
    private final AttributeReader reader;
    private final CheckSettings settings;
    private final WatchedCrew crew;
    private final Renderer renderer = new Renderer();

    private PicturebookCheck(
            ModelFolder model, AttributeReader reader, CheckSettings settings, Consumer<String> watcher) {
        this.model = model;
        this.reader = reader;
        this.settings = settings;
        this.crew = new WatchedCrew(settings.workers(), watcher);
    }

    /**
     * Checks what there is of a model.
     *
     * @param model its folder; without a U-Net nothing is drawn, without a VAE nothing reconstructed
     * @param reader the folder of the attribute reader
     * @param watcher hears how far it is
     * @throws dev.hapax.checkpoint.CheckpointException if a folder or a part of it cannot be read
     */
    public static CheckResult check(Path model, Path reader, CheckSettings settings, Consumer<String> watcher) {
        try (ModelFolder folder = ModelFolder.open(model);
                ModelFolder own = ModelFolder.open(reader)) {
            AttributeReader judge =
                    AttributeReader.of(own.config(ModelFolder.ROOT), own.weights(ModelFolder.ROOT, DType.FLOAT32));
            return new PicturebookCheck(folder, judge, settings, watcher).result();
        }
    }

    private CheckResult result() {
        Figures renderings = Figures.of(crew.results("reading renderings", settings.renderings(), this::readRendering));
        return new CheckResult(
                String.valueOf(model.root().toAbsolutePath().normalize().getFileName()),
                model.hash(),
                settings,
                renderings,
                model.has("vae") ? Optional.of(reconstructions()) : Optional.empty(),
                model.has("unet") ? drawings() : List.of(),
                PriorCheck.isPossible(model)
                        ? Optional.of(new PriorCheck(model, settings).score(crew))
                        : Optional.empty());
    }

    private Verdict readRendering(int number) {
        Scene scene = HeldOut.rendering(number);
        return Verdict.of(scene, read(renderer.render(scene, SIZE).image()));
    }

    private Reading read(BufferedImage image) {
        try (Scope scope = Scope.open()) {
            return reader.read(ImageTensor.of(image)).get(0);
        }
    }

    private Reconstructions reconstructions() {
        Vae vae = Vae.of(model.config("vae"), model.weights("vae", settings.dtype()));
        record Copy(Verdict verdict, double psnr) {}
        List<Copy> copies = crew.results("reconstructing", settings.reconstructions(), i -> {
            Scene scene = HeldOut.rendering(i);
            BufferedImage image = renderer.render(scene, SIZE).image();
            BufferedImage copy = reconstruct(vae, image);
            return new Copy(Verdict.of(scene, read(copy)), Psnr.of(image, copy));
        });
        return new Reconstructions(
                Figures.of(copies.stream().map(Copy::verdict).toList()),
                copies.stream().mapToDouble(Copy::psnr).average().orElseThrow(),
                copies.size());
    }

    private BufferedImage reconstruct(Vae vae, BufferedImage image) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor z = vae.encode(ImageTensor.of(image).to(settings.dtype())).mode(); // (1, c, h / r, w / r)
            return ImageTensor.toImages(vae.decode(z)).get(0);
        }
    }

    private List<Drawing> drawings() {
        try (StableDiffusion diffusion = StableDiffusion.open(model.root(), settings.dtype(), Device.CPU)) {
            ImageGenerator generator = ImageGenerator.of(diffusion);
            return crew.results("drawing", settings.prompts(), i -> {
                Scene scene = HeldOut.prompt(settings.seed(), i);
                ImageRequest request = ImageRequest.of(new Captions().full(scene))
                        .withSeed(settings.seed())
                        .withImages(i, 1)
                        .withSteps(settings.steps())
                        .withGuidance(settings.guidance())
                        .withSampler("ddim");
                BufferedImage image = generator.generate(request).get(0).image();
                Reading reading = read(image);
                return new Drawing(scene, image, reading, Verdict.of(scene, reading));
            });
        }
    }
}
