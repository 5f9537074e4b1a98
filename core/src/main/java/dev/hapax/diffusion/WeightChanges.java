package dev.hapax.diffusion;

import dev.hapax.lora.WeightedLora;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is changed in the weights of a model.
 *
 * @param weights files of weights that were learned whole ({@link dev.hapax.checkpoint.LearnedWeights})
 * @param loras changes that are added, after those
 */
public record WeightChanges(List<Path> weights, List<WeightedLora> loras) {
    /** A model as it was read. */
    public static final WeightChanges NONE = new WeightChanges(List.of(), List.of());

    /** Copies the lists. */
    public WeightChanges {
        weights = List.copyOf(weights);
        loras = List.copyOf(loras);
    }

    /** These and others. */
    WeightChanges and(WeightChanges more) {
        return new WeightChanges(
                Stream.concat(weights.stream(), more.weights.stream()).toList(),
                Stream.concat(loras.stream(), more.loras.stream()).toList());
    }
}
