package dev.hapax.app;

import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Category;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.InitWords;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.MethodName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Compositional Inversion's anchors, for any method. */
final class AnchorOptions {
    private static final String PAPER = "paper";
    private static final String CODE = "code";

    private static final Set<String> NOUNS = Stream.concat(
                    Arrays.stream(Kind.values()).map(Kind::word),
                    Arrays.stream(Category.values())
                            .map(category -> category.noun().split(" ")[0]))
            .collect(Collectors.toSet());

    @Option(
            names = "--anchors",
            paramLabel = "PRESET",
            description = "Keep words near ordinary ones, so that they leave room for others in a prompt (Compositional"
                    + " Inversion): paper (a mix of up to four of a vocabulary) or code (the class alone). Default: no"
                    + " anchors.")
    private @Nullable String preset;

    @Option(
            names = "--anchor-names",
            paramLabel = "FILE",
            description = "paper: the vocabulary, one name in a line. Default: COCO's 80 names; with the little model"
                    + " its colors and patterns where every learned word stands before a noun of its kinds (a <a> cat),"
                    + " otherwise these kinds.")
    private @Nullable Path names;

    @Option(
            names = "--anchor-weight",
            paramLabel = "W",
            description = "Their weight, below 1; the method has the rest. Default: 0.95; with dreambooth 0.6 (paper)"
                    + " or 0.4 (code).")
    private @Nullable Double weight;

    /**
     * What keeps words near others; empty for nothing.
     *
     * @param method what learns the words
     * @param bundled whether the model is the little one
     * @param beforeNouns whether every word that is learned stands before a noun
     * @throws IllegalArgumentException if options do not go together, or are none
     */
    Optional<LearnRequest.Anchoring> of(MethodName method, boolean bundled, boolean beforeNouns) {
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
        if (weight != null && weight == 1) {
            throw new IllegalArgumentException(
                    "with --anchor-weight 1 nothing would be learned from the pictures; take less than 1");
        }
        AnchorSettings settings = settings(preset, method == MethodName.DREAMBOOTH);
        Anchors vocabulary = bundled && beforeNouns && names == null && preset.equals(PAPER)
                ? new Anchors(new Captions().adjectives()) // see decision 29
                : vocabulary(names, bundled);
        return Optional.of(
                new LearnRequest.Anchoring(vocabulary, weight == null ? settings : settings.withWeight(weight)));
    }

    /**
     * Whether every word that a method learns stands before one of the little model's nouns, be it with others between them.
     *
     * @param sentences what is said with the words
     * @param words the words of the prompt; empty for methods that make their own
     */
    static boolean beforeNouns(MethodName method, List<String> sentences, List<String> words) {
        boolean learnsOthersToo = method == MethodName.MCPL_ALL || method == MethodName.MCPL_DIVERSE;
        return !learnsOthersToo
                && !words.isEmpty()
                && sentences.stream()
                        .allMatch(sentence -> words.stream()
                                .flatMap(word -> Arrays.stream(sentence.split(Pattern.quote(word), -1))
                                        .skip(1))
                                .allMatch(AnchorOptions::leadsToNoun));
    }

    private static boolean leadsToNoun(String behind) {
        return Arrays.stream(behind.split("[,.;]", 2)[0].split("\\s+"))
                .takeWhile(word -> !InitWords.isFunctionWord(word))
                .anyMatch(NOUNS::contains);
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
