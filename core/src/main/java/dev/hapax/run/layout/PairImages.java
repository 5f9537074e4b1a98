package dev.hapax.run.layout;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.SavedImage;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.run.Painter;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The images that a layout predictor learns from: image k shows pair k of the {@link PairPrompts}, drawn from the request's
 * seed with index k.
 *
 * @param model what draws
 * @param prompts which pairs
 * @param request how to draw; its prompt and indices do not count
 * @param folder where images are kept and taken from if they are there already; empty for nowhere
 */
public record PairImages(StableDiffusion model, PairPrompts prompts, ImageRequest request, Optional<Path> folder) {

    /** The pair that an image shows. */
    public PairPrompts.Pair pair(long image) {
        return prompts.pairs().get(Math.toIntExact(image % prompts.size()));
    }

    /**
     * Some images, by number.
     *
     * @param first the number of the first one
     * @param count how many in a row
     * @param progress hears of every step of those that are drawn
     */
    public Map<Long, BufferedImage> images(long first, int count, Progress progress) {
        Map<Long, BufferedImage> images = new TreeMap<>();
        List<ImageRequest> missing = new ArrayList<>();
        for (long image = first; image < first + count; image++) {
            ImageRequest one = request(image);
            Optional<BufferedImage> kept = kept(image, one);
            if (kept.isPresent()) {
                images.put(image, kept.get());
            } else {
                missing.add(one);
            }
        }
        try (Painter painter = Painter.open(model, List.of())) {
            painter.paint(missing, progress, drawn -> {
                long image = drawn.settings().index();
                file(image).ifPresent(file -> Painter.write(file, drawn));
                images.put(image, drawn.image());
            });
        }
        return images;
    }

    /** What draws an image. */
    ImageRequest request(long image) {
        return new ImageRequest(
                prompts.prompt(pair(image)),
                "",
                request.seed(),
                Math.toIntExact(image),
                1,
                request.steps(),
                request.guidance(),
                request.size(),
                request.sampler());
    }

    private Optional<Path> file(long image) {
        PairPrompts.Pair pair = pair(image);
        return folder.map(it -> it.resolve(String.format(
                Locale.ROOT,
                "%05d-%s-%s.png",
                image,
                pair.first().replace(' ', '_'),
                pair.second().replace(' ', '_'))));
    }

    private Optional<BufferedImage> kept(long image, ImageRequest own) {
        Optional<Path> file = file(image).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            SavedImage saved = PngImages.read(file.get());
            return saved.settings().filter(settings -> isOf(settings, own)).map(settings -> saved.image());
        } catch (CheckpointException e) {
            return Optional.empty(); // a damaged file is drawn again
        }
    }

    private boolean isOf(ImageSettings settings, ImageRequest own) {
        ImageRequest drawn = settings.toRequest();
        return drawn.equals(
                        own.withSize(settings.size().width(), settings.size().height()))
                && own.size().map(settings.size()::equals).orElse(true)
                && settings.words().isEmpty()
                && settings.loras().isEmpty()
                && settings.modelHash().equals(model.hash());
    }
}
