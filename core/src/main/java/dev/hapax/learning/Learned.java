package dev.hapax.learning;

import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run has learned so far.
 *
 * @param words their vectors
 * @param weights the weights that move, by part and name such as {@code unet.conv_in.bias}, or the factors of a LoRA
 *     ({@link TunableModel}); empty where only words move
 */
public record Learned(Lexicon words, Map<String, Tensor> weights) {
    /** Keeps the order. */
    public Learned {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** Words alone. */
    public static Learned of(Lexicon words) {
        return new Learned(words, Map.of());
    }
}
