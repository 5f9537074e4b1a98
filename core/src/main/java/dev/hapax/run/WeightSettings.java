package dev.hapax.run;

import dev.hapax.learning.Tuning;
import dev.hapax.method.disendiff.DisenDiffSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How DreamBooth, Custom Diffusion and DisenDiff move weights; the other methods move none.
 *
 * @param rank of a LoRA in place of whole matrices
 * @param textEncoder whether DreamBooth moves the text encoder as well
 * @param rate the learning rate of weights, positive
 * @param priorWeight of the loss on regularising pictures, at least 0; with 0 there are none
 * @param regularisation where those come from; {@link Regularisation#NONE} if their weight is 0
 * @param augment whether pictures are shown far away and close up (Custom Diffusion's augmentation)
 * @param disenDiff DisenDiff's attention losses
 * @param classes the class of a modifier where it is not what follows it in the prompt
 * @param concepts prompts of pictures that show different things, by their file or folder; empty if all show the prompt
 * @param exportRank of a LoRA that is written beside whole matrices, for other programs; empty for none
 */
public record WeightSettings(
        OptionalInt rank,
        boolean textEncoder,
        double rate,
        double priorWeight,
        Regularisation regularisation,
        boolean augment,
        DisenDiffSettings disenDiff,
        Map<String, String> classes,
        Map<Path, String> concepts,
        OptionalInt exportRank) {

    /** Checks the numbers and copies the maps. */
    public WeightSettings {
        classes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(classes));
        concepts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(concepts));
        if (!(rate > 0) || !(priorWeight >= 0)) {
            throw new IllegalArgumentException("the learning rate of weights must be positive and the weight of prior"
                    + " preservation at least 0, got " + rate + " and " + priorWeight);
        }
        if (exportRank.isPresent() && exportRank.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "the rank of an exported LoRA must be at least 1, got " + exportRank.getAsInt());
        }
        if (exportRank.isPresent() && rank.isPresent()) {
            throw new IllegalArgumentException("a LoRA of rank " + rank.getAsInt() + " is learned and is what other"
                    + " programs read; one of rank " + exportRank.getAsInt() + " is exported only where whole matrices"
                    + " are learned: leave one of the two out");
        }
        if (priorWeight == 0) {
            regularisation = Regularisation.NONE;
        }
    }

    /** Whole matrices at this rate, no regularising pictures, pictures as they are, and no LoRA beside. */
    public static WeightSettings plain(double rate) {
        return new WeightSettings(
                OptionalInt.empty(),
                false,
                rate,
                1,
                Regularisation.NONE,
                false,
                DisenDiffSettings.SHIPPED,
                Map.of(),
                Map.of(),
                OptionalInt.empty());
    }

    /** The weights that move for one of the methods' own choice. */
    Tuning tuning(Tuning own) {
        Tuning encoder = textEncoder ? own.withTextEncoder(true) : own;
        return rank.isPresent() ? encoder.withRank(rank.getAsInt()) : encoder;
    }

    /** The weight of prior preservation, 0 without regularising pictures. */
    double prior() {
        return regularisation.source() == Regularisation.Source.NONE ? 0 : priorWeight;
    }
}
