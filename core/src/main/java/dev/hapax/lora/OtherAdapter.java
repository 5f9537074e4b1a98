package dev.hapax.lora;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Relatives of LoRA that share its files and some of its names, and are not read here. */
final class OtherAdapter {
    private static final Map<String, String> BY_PART_OF_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("dora_scale", "DoRA (magnitudes beside directions)"),
            Map.entry("lora_magnitude_vector", "DoRA (magnitudes beside directions)"),
            Map.entry("hada_", "LoHa (Hadamard products)"),
            Map.entry("lokr_", "LoKr (Kronecker products)"),
            Map.entry("lora_mid", "LoCon with a core between its factors (Tucker)"),
            Map.entry("oft_", "OFT (orthogonal maps)"),
            Map.entry(".on_input", "IA3"),
            Map.entry("lora_embedding_", "LoRA of an embedding"),
            Map.entry("lora_B.bias", "LoRA with biases"),
            Map.entry("_custom_diffusion", "Custom Diffusion weights"),
            Map.entry(".diff_b", "full differences of weights"),
            Map.entry(".diff", "full differences of weights")));

    private OtherAdapter() {}

    /** What a tensor of this name belongs to. */
    static Optional<String> of(String name) {
        return BY_PART_OF_NAME.entrySet().stream()
                .filter(entry -> name.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
