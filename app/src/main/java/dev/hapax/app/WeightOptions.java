package dev.hapax.app;

import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.run.ClassNames;
import dev.hapax.run.MethodName;
import dev.hapax.run.Regularisation;
import dev.hapax.run.WeightSettings;
import dev.hapax.text.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How dreambooth, custom-diffusion and disendiff move weights. */
final class WeightOptions {
    private static final String GENERATED = "generated";
    private static final String NONE = "none";

    @Option(
            names = "--lora",
            paramLabel = "RANK",
            description = "dreambooth, custom-diffusion, disendiff: learn a LoRA of this rank, not whole matrices.")
    private @Nullable Integer rank;

    @Option(
            names = "--text-encoder",
            fallbackValue = Recipe.GIVEN,
            description = "dreambooth: move the text encoder as well.")
    private boolean textEncoder;

    @Option(
            names = "--weight-rate",
            paramLabel = "R",
            description = "Learning rate of the weights. Default: that of the words.")
    private @Nullable Double weightRate;

    @Option(
            names = "--regularise",
            paramLabel = "SOURCE",
            defaultValue = GENERATED,
            description = "Pictures that remind the model of the class while its weights move: generated (by the model"
                    + " itself), none, or a folder of pictures, each with its caption in a .txt file of the same name"
                    + " if it has one. Default: ${DEFAULT-VALUE}.")
    private String regularise = GENERATED;

    @Option(
            names = "--class-images",
            paramLabel = "N",
            defaultValue = "" + Regularisation.COUNT,
            description = "How many of them to generate. Default: ${DEFAULT-VALUE}.")
    private int classImages;

    @Option(
            names = "--class-prompt",
            paramLabel = "TEXT",
            description =
                    "What they show. Default: the prompt without the words to learn, or the text of each --concept in"
                            + " turn; a prompt without words needs one.")
    private @Nullable String classPrompt;

    @Option(
            names = "--prior",
            paramLabel = "W",
            defaultValue = "1",
            description = "Weight of the loss on them; 0 is none of them. Default: ${DEFAULT-VALUE}.")
    private double prior;

    @Option(
            names = "--augment",
            negatable = true,
            fallbackValue = Recipe.GIVEN,
            description = "Show pictures far away and close up, and say so. Default: for custom-diffusion and"
                    + " disendiff, but not with the embedded model, which has never seen a padded picture.")
    private @Nullable Boolean augment;

    @Option(
            names = "--class",
            paramLabel = "[WORD=]NAME",
            description = "pplus, prospect, matte: what the pictures show, such as cat. disendiff: the class of a word,"
                    + " where it is not all that follows it, such as \"<a>=teddy bear\".")
    private List<String> classes = List.of();

    @Option(
            names = "--bind-weight",
            paramLabel = "W",
            description = "disendiff: weight of L_bind; 0 is off. Default: " + DisenDiffSettings.ATTENTION_WEIGHT + ".")
    private double bindWeight = DisenDiffSettings.ATTENTION_WEIGHT;

    @Option(
            names = "--separate-weight",
            paramLabel = "W",
            description = "disendiff: weight of L_s&s; 0 is off. Default: " + DisenDiffSettings.ATTENTION_WEIGHT + ".")
    private double separateWeight = DisenDiffSettings.ATTENTION_WEIGHT;

    @Option(
            names = "--smooth",
            negatable = true,
            fallbackValue = Recipe.GIVEN,
            description = "disendiff: smooth attention maps before they are compared, or not. Default: smoothed.")
    private @Nullable Boolean smooth;

    @Option(
            names = "--suppress",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "disendiff: how often maps of classes are multiplied by themselves. Default: ${DEFAULT-VALUE}.")
    private int suppress;

    @Option(
            names = "--concept",
            paramLabel = "PLACE=TEXT",
            description =
                    "custom-diffusion, dreambooth: what the pictures of one of the given files or folders show, such as"
                            + " \"cats=<a> cat\"; give one for each concept.")
    private Map<Path, String> concepts = new LinkedHashMap<>();

    @Option(
            names = "--export-lora",
            paramLabel = "RANK",
            description = "Beside whole weights, write the LoRA of this rank that comes closest, for other programs and"
                    + " models. It changes matrices alone, no convolutions (dreambooth) and no biases; how much of the"
                    + " change it holds is told.")
    private @Nullable Integer exportRank;

    /**
     * What was said, and what is usual.
     *
     * @param rate that words are learned with
     * @param drawn whether the model draws a little world, in which nothing is ever padded or magnified
     */
    WeightSettings of(MethodName method, String prompt, List<Word> words, double rate, boolean drawn) {
        boolean moves = method.usual().weights();
        return new WeightSettings(
                optional(rank),
                textEncoder,
                weightRate == null ? rate : weightRate,
                prior,
                moves && prior != 0 ? regularisation(prompt, words) : Regularisation.NONE,
                augment == null ? method.augments() && !drawn : augment,
                new DisenDiffSettings(bindWeight, separateWeight, smooth == null || smooth, suppress),
                classes(method),
                concepts,
                optional(exportRank));
    }

    /**
     * Refuses what has no effect on the pictures that the model is reminded by. A recipe may have it: its pictures are
     * exchanged on the command line.
     *
     * @param said the options of the command line, without hyphens
     */
    void requireRegularising(Set<String> said) {
        List<String> idle = regularise.equals(GENERATED)
                ? List.of()
                : regularise.equals(NONE) ? List.of("class-images", "class-prompt", "prior") : List.of("class-images");
        for (String option : idle) {
            if (said.contains(option)) {
                throw new IllegalArgumentException(
                        "--" + option + " has no effect on --regularise " + regularise + "; leave one of the two out");
            }
        }
    }

    /** Whether a LoRA is learned in place of whole weights. */
    boolean isLora() {
        return rank != null;
    }

    /** The class of all pictures; empty if none was said. */
    String className() {
        return classes.stream().filter(name -> !name.contains("=")).findFirst().orElse("");
    }

    private Map<String, String> classes(MethodName method) {
        if (method == MethodName.DISENDIFF && !className().isEmpty()) {
            throw new IllegalArgumentException("--class \"" + className()
                    + "\" does not say of which word; write --class \"<word>=" + className() + "\"");
        }
        if (method.cells() && (classes.size() > 1 || classes.stream().anyMatch(name -> name.contains("=")))) {
            throw new IllegalArgumentException("--class of --method " + method + " is one name for all pictures, got "
                    + String.join(" and ", classes) + "; write --class cat");
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (String name : classes) {
            int equals = name.indexOf('=');
            if (equals > 0) {
                named.put(name.substring(0, equals), name.substring(equals + 1));
            }
        }
        return named;
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private Regularisation regularisation(String prompt, List<Word> words) {
        if (regularise.equals(NONE)) {
            return Regularisation.NONE;
        }
        if (!regularise.equals(GENERATED) && !Files.exists(Path.of(regularise))) {
            throw new IllegalArgumentException(
                    "there is no folder \"" + regularise + "\" of regularising pictures; give --regularise " + GENERATED
                            + ", " + NONE + ", or a folder that is there");
        }
        String own = words.isEmpty() ? "" : ClassNames.without(prompt, words);
        String shown = classPrompt == null ? own : classPrompt;
        if (!regularise.equals(GENERATED)) {
            return Regularisation.from(Path.of(regularise), shown);
        }
        boolean joint = classPrompt == null && !concepts.isEmpty();
        return Regularisation.generated(
                classImages,
                joint
                        ? concepts.values().stream()
                                .map(concept -> ClassNames.without(concept, words))
                                .distinct()
                                .toArray(String[]::new)
                        : new String[] {shown});
    }
}
