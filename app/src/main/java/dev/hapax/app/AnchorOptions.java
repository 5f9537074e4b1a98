package dev.hapax.app;

import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.MethodName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Compositional Inversion's anchors, for any method. */
final class AnchorOptions {
    private static final String PAPER = "paper";
    private static final String CODE = "code";

    @Option(
            names = "--anchors",
            paramLabel = "PRESET",
            description =
                    "Keep words near ordinary ones, so that they leave room for others in a prompt (Compositional"
                            + " Inversion): paper (the nearest of a vocabulary) or code (the class alone). Default: no anchors.")
    private @Nullable String preset;

    @Option(
            names = "--anchor-names",
            paramLabel = "FILE",
            description = "paper: the vocabulary, one name in a line. Default: COCO's 80 names; with the little model"
                    + " its own kinds, or if all words stand before nouns, its colors and patterns.")
    private @Nullable Path names;

    @Option(
            names = "--anchor-weight",
            paramLabel = "W",
            description = "Their weight, from 0 to 1; what reconstructs has the rest. Default: the preset's, 0.95;"
                    + " dreambooth 0.6 and 0.4.")
    private @Nullable Double weight;

    /**
     * What keeps words near others.
     *
     * @param bundled whether the model is the little one
     * @param modifiers whether every word stands before a noun
     */
    Optional<LearnRequest.Anchoring> of(MethodName method, boolean bundled, boolean modifiers) {
        if (preset == null) {
            if (names != null || weight != null) {
                throw new IllegalArgumentException(
                        "--anchor-names and --anchor-weight say how anchors act, and there are"
                                + " none; switch them on with --anchors paper");
            }
            return Optional.empty();
        }
        if (preset.equals(CODE) && names != null) {
            throw new IllegalArgumentException("--anchors " + CODE + " keeps words near their class alone and would not"
                    + " look at --anchor-names " + names + "; leave it out, or take --anchors " + PAPER);
        }
        AnchorSettings settings = settings(preset, method == MethodName.DREAMBOOTH);
        return Optional.of(new LearnRequest.Anchoring(
                names == null && bundled && modifiers
                        ? new Anchors(new Captions().modifiers()) // see decision 29
                        : vocabulary(names, bundled),
                weight == null ? settings : settings.withWeight(weight)));
    }

    /** The ordinary words of a file, otherwise the little model's kinds or COCO's names. */
    static Anchors vocabulary(@Nullable Path names, boolean bundled) {
        if (names != null) {
            return Anchors.read(names);
        }
        return general(bundled);
    }

    /** The general things of a model, unless others are given: COCO's names, or the kinds of the little world. */
    static Anchors general(boolean bundled) {
        return bundled
                ? new Anchors(Arrays.stream(Kind.values()).map(Kind::word).toList())
                : Anchors.coco();
    }

    private static AnchorSettings settings(String preset, boolean dreamBooth) {
        return switch (preset) {
            case PAPER -> dreamBooth ? AnchorSettings.PAPER_DREAMBOOTH : AnchorSettings.PAPER;
            case CODE -> dreamBooth ? AnchorSettings.CODE_DREAMBOOTH : AnchorSettings.CODE;
            default ->
                throw new IllegalArgumentException(
                        "there are no anchors \"" + preset + "\"; there are: " + PAPER + ", " + CODE);
        };
    }
}
