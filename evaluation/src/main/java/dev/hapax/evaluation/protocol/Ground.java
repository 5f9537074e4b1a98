package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.method.textualinversion.TextualInversion;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.RawVectors;
import dev.hapax.text.Lexicon;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

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

    /** Keeps copies. */
    public Ground {
        judges = new TreeMap<>(judges);
        templates = List.copyOf(templates);
    }

    /** Drawn scenes for this model and these judges; reads all weights. */
    public static Ground drawn(Studio studio) {
        return of(studio, Optional.empty(), PairScene.TEMPLATES, "picture");
    }

    /** Drawn scenes, or the user's pictures where there is a folder of them, as photos in the usual templates. */
    public static Ground of(Studio studio, Optional<Path> pictures) {
        return pictures.isEmpty() ? drawn(studio) : of(studio, pictures, TextualInversion.TEMPLATES, "photo");
    }

    /** The same with a prior. */
    Ground with(Optional<GroundPrior> other) {
        return new Ground(model, modelHash, size, judges, pictures, templates, medium, layout, other);
    }

    private static Ground of(Studio studio, Optional<Path> pictures, List<String> templates, String medium) {
        StableDiffusion model = studio.model();
        Function<String, float[]> raw = new RawVectors(model, Lexicon.empty());
        return new Ground(
                model.name(),
                model.hash(),
                model.nativeSize(),
                studio.judges().hashes(),
                pictures,
                templates,
                medium,
                studio.predictor()
                        .<Layout>map(predictor -> new PredictedLayout(predictor, raw))
                        .orElseGet(SideBySide::new),
                studio.prior().map(GroundPrior::of));
    }

    /** Ordinary things that words are composed with: Picturebook's kinds, or for pictures COCO's 80 names. */
    List<String> nouns() {
        return pictures.isEmpty()
                ? Arrays.stream(Kind.values()).map(Kind::word).toList()
                : Anchors.coco().names();
    }

    /** Anchors of the learned words, which stand before nouns: adjectives of drawn scenes, or for pictures COCO's 80 names. */
    List<String> anchorNames() {
        return pictures.isEmpty() ? new Captions().adjectives() : nouns();
    }
}
