package dev.hapax.lora;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one LoRA changes in one part of a model.
 *
 * @param origin what messages call it, for example its file
 * @param factors by the full names of the parameters that they change
 * @param weight what every change is multiplied with
 */
public record LoraChange(String origin, Map<String, LoraFactors> factors, double weight) {
    /** Sorts the factors. */
    public LoraChange {
        factors = Collections.unmodifiableMap(new TreeMap<>(factors));
    }
}
