package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.ImageSize;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.method.textualinversion.TextualInversion;
import dev.hapax.picturebook.world.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a protocol is run on.
 *
 * @param model name of the model that learns and draws
 * @param modelHash of its weights
 * @param size of its images
 * @param judges the hash of each judge's weights, by its name
 * @param pictures a folder of the user's pictures; empty for drawn scenes
 * @param templates contexts for sentences in learning, each with {@code {}}
 * @param medium what prompts call an image without a wish for style, such as {@code picture} or {@code photo}
 * @param layout where the two things of a prompt are held, by methods that hold them
 * @param prior what words are invented with; empty if there is none
 */
public record Ground(
        String model,
        String modelHash,
        ImageSize size,
        Map<String, String> judges,
        Optional<Path> pictures,
        List<String> templates,
        String medium,
        Layout layout,
        Optional<GroundPrior> prior) {
    /** Without a prior. */
    public Ground(
            String model,
            String modelHash,
            ImageSize size,
            Map<String, String> judges,
            Optional<Path> pictures,
            List<String> templates,
            String medium,
            Layout layout) {
        this(model, modelHash, size, judges, pictures, templates, medium, layout, Optional.empty());
    }

    /** With the layout that fits: the world's for drawn scenes, two places side by side for pictures. */
    public Ground(
            String model,
            String modelHash,
            ImageSize size,
            Map<String, String> judges,
            Optional<Path> pictures,
            List<String> templates,
            String medium) {
        this(
                model,
                modelHash,
                size,
                judges,
                pictures,
                templates,
                medium,
                pictures.isEmpty() ? new WorldLayout() : new SideBySide());
    }

    /** Keeps copies. */
    public Ground {
        judges = new TreeMap<>(judges);
        templates = List.copyOf(templates);
    }

    /** Drawn scenes for this model and these judges; reads all weights. */
    public static Ground drawn(Studio studio) {
        return new Ground(
                        studio.model().name(),
                        studio.model().hash(),
                        studio.model().nativeSize(),
                        studio.judges().hashes(),
                        Optional.empty(),
                        PairScene.TEMPLATES,
                        "picture")
                .with(studio.prior().map(GroundPrior::of));
    }

    /** Drawn scenes, or the user's pictures where there is a folder of them, as photos in the usual templates. */
    public static Ground of(Studio studio, Optional<Path> pictures) {
        Ground drawn = drawn(studio);
        return pictures.isEmpty()
                ? drawn
                : new Ground(
                                drawn.model,
                                drawn.modelHash,
                                drawn.size,
                                drawn.judges,
                                pictures,
                                TextualInversion.TEMPLATES,
                                "photo")
                        .with(drawn.prior);
    }

    /** The same with a prior. */
    Ground with(Optional<GroundPrior> other) {
        return new Ground(model, modelHash, size, judges, pictures, templates, medium, layout, other);
    }

    /** General things that words are composed with and lean on: Picturebook's kinds, or for pictures COCO's 80 names. */
    Anchors vocabulary() {
        return pictures.isEmpty()
                ? new Anchors(Arrays.stream(Kind.values()).map(Kind::word).toList())
                : Anchors.coco();
    }
}
