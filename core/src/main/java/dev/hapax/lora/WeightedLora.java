package dev.hapax.lora;

import java.nio.file.Path;

/**
 * A LoRA to be loaded.
 *
 * @param path its file or folder
 * @param weight what its change is multiplied with; 1 is what it was trained for, negative values turn it around
 */
public record WeightedLora(Path path, double weight) {
    /** Checks the weight. */
    public WeightedLora {
        if (weight == 0 || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of " + path + " must be a number other than 0, got " + weight + "; leave the file out");
        }
    }
}
