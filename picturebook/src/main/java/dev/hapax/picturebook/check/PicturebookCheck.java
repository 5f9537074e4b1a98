package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.ImageTensor;
import dev.hapax.vae.Vae;
import dev.hapax.vision.detect.DetectedPicture;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a model of the little world: tries the reader and the detector on true renderings first, then reads from the
 * autoencoder's reconstructions and from the model's own pictures of held-out prompts of two things. Equal settings give
 * equal figures.
 */
public final class PicturebookCheck {
    private static final int SIZE = 128; // pixels, as the models are trained

    private final ModelFolder model;
    private final AttributeReader reader;
    private final Optional<DetectorCheck> detector;
    private final CheckSettings settings;
    private final WatchedCrew crew;
    private final Renderer renderer = new Renderer();

    private PicturebookCheck(
            ModelFolder model,
            AttributeReader reader,
            Optional<DetectorCheck> detector,
            CheckSettings settings,
            Consumer<String> watcher) {
        this.model = model;
        this.reader = reader;
        this.detector = detector;
        this.settings = settings;
        this.crew = new WatchedCrew(settings.workers(), watcher);
    }

    /**
     * Checks what there is of a model.
     *
     * @param model its folder; without a U-Net nothing is drawn, without a VAE nothing reconstructed, without a
     *     detector nothing detected
     * @param reader the folder of the attribute reader
     * @param watcher hears how far it is
     * @throws dev.hapax.checkpoint.CheckpointException if a folder or a part of it cannot be read
     */
    public static CheckResult check(Path model, Path reader, CheckSettings settings, Consumer<String> watcher) {
        try (ModelFolder folder = ModelFolder.open(model);
                ModelFolder own = ModelFolder.open(reader)) {
            AttributeReader judge =
                    AttributeReader.of(own.config(ModelFolder.ROOT), own.weights(ModelFolder.ROOT, DType.FLOAT32));
            Optional<DetectorCheck> detector = DetectorCheck.of(folder);
            try {
                return new PicturebookCheck(folder, judge, detector, settings, watcher).result();
            } finally {
                detector.ifPresent(DetectorCheck::close);
            }
        }
    }

    /** What is made of a picture of a rendered scene. */
    private record Look(Verdict verdict, Optional<DetectedPicture> detected) {}

    private record Copy(Look look, double psnr) {}

    private CheckResult result() {
        List<Look> renderings = crew.results("reading renderings", settings.renderings(), this::lookAtRendering);
        List<Copy> copies = model.has("vae") ? copies() : List.of();
        List<Drawing> drawings = model.has("unet") ? drawings() : List.of();
        return new CheckResult(
                String.valueOf(model.root().toAbsolutePath().normalize().getFileName()),
                model.hash(),
                settings,
                figures(renderings.stream()),
                copies.isEmpty() ? Optional.empty() : Optional.of(reconstructions(copies)),
                drawings,
                detector.map(check -> check.score(
                        detected(renderings.stream()), detected(copies.stream().map(Copy::look)), drawings)),
                PriorCheck.isPossible(model)
                        ? Optional.of(new PriorCheck(model, settings).score(crew))
                        : Optional.empty());
    }

    private Look lookAtRendering(int number) {
        Scene scene = HeldOut.rendering(number);
        Rendering rendering = renderer.render(scene, SIZE);
        return look(scene, rendering, rendering.image());
    }

    private Look look(Scene scene, Rendering rendering, BufferedImage picture) {
        return new Look(Verdict.of(scene, read(picture)), detector.map(check -> check.look(scene, rendering, picture)));
    }

    private static Figures figures(Stream<Look> looks) {
        return Figures.of(looks.map(Look::verdict).toList());
    }

    private static List<DetectedPicture> detected(Stream<Look> looks) {
        return looks.flatMap(look -> look.detected().stream()).toList();
    }

    private Reading read(BufferedImage image) {
        try (Scope scope = Scope.open()) {
            return reader.read(ImageTensor.of(image)).get(0);
        }
    }

    private List<Copy> copies() {
        Vae vae = Vae.of(model.config("vae"), model.weights("vae", settings.dtype()));
        return crew.results("reconstructing", settings.reconstructions(), i -> {
            Scene scene = HeldOut.rendering(i);
            Rendering rendering = renderer.render(scene, SIZE);
            BufferedImage copy = reconstruct(vae, rendering.image());
            return new Copy(look(scene, rendering, copy), Psnr.of(rendering.image(), copy));
        });
    }

    private static Reconstructions reconstructions(List<Copy> copies) {
        return new Reconstructions(
                figures(copies.stream().map(Copy::look)),
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
