package dev.hapax.lora;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes LoRAs as diffusers does ({@code pytorch_lora_weights.safetensors}), and as kohya-ss/sd-scripts does, which programs
 * with a window read. Diffusers' naming has no alpha, so each scale goes into the {@code up} factor.
 */
public final class LoraWriter {
    private static final Pattern UNET_ATTENTION = Pattern.compile(".*\\.to_(?:q|k|v|out\\.0)");
    private static final Pattern TEXT_ATTENTION = Pattern.compile(".*\\.(?:q|k|v|out)_proj");

    private static final Map<String, String> KOHYA = Map.of("unet", "lora_unet_", "text_encoder", "lora_te_");

    private LoraWriter() {}

    /**
     * Writes a file in one atomic step.
     *
     * @param factors for each part of the model ({@code unet}, {@code text_encoder}, {@code text_encoder_2}) the change
     *     of each module, by the module's name
     * @param metadata texts about the file
     * @throws dev.hapax.checkpoint.WriteFailedException if it cannot be written
     */
    public static void write(Path file, Map<String, Map<String, LoraFactors>> factors, Map<String, String> metadata) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new TreeMap<>();
            factors.forEach((part, modules) -> modules.forEach((module, change) -> {
                String[] names = names(module);
                tensors.put(part + "." + module + names[0], change.down().detach());
                tensors.put(
                        part + "." + module + names[1],
                        change.scale() == 1
                                ? change.up().detach()
                                : change.up().detach().times(change.scale()));
            }));
            save(file, tensors, metadata);
        }
    }

    /**
     * Writes a file in the naming of kohya-ss/sd-scripts for Stable Diffusion 1.x and 2.x, in one atomic step.
     *
     * @param factors as in {@link #write}, of {@code unet} and {@code text_encoder}
     * @throws IllegalArgumentException if there are others: XL's U-Net has other names there
     */
    public static void writeKohya(
            Path file, Map<String, Map<String, LoraFactors>> factors, Map<String, String> metadata) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new TreeMap<>();
            factors.forEach((part, modules) -> {
                String prefix = KOHYA.get(part);
                if (prefix == null) {
                    throw new IllegalArgumentException(
                            "kohya's names are known for " + KOHYA.keySet() + ", not for " + part);
                }
                modules.forEach((module, change) -> {
                    String name = prefix + module.replace('.', '_');
                    tensors.put(name + ".lora_down.weight", change.down().detach());
                    tensors.put(name + ".lora_up.weight", change.up().detach());
                    tensors.put(name + ".alpha", Tensor.scalar((float)
                            (change.scale() * change.down().size(0))));
                });
            });
            save(file, tensors, metadata);
        }
    }

    private static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put("format", "pt"); // without it transformers' loader refuses a file
        SafetensorsWriter.write(file, tensors, all);
    }

    /** Diffusers has names of its own in attention and PEFT's elsewhere. */
    private static String[] names(String module) {
        if (UNET_ATTENTION.matcher(module).matches()) {
            return new String[] {".lora.down.weight", ".lora.up.weight"};
        }
        if (TEXT_ATTENTION.matcher(module).matches()) {
            return new String[] {".lora_linear_layer.down.weight", ".lora_linear_layer.up.weight"};
        }
        return new String[] {".lora_A.weight", ".lora_B.weight"};
    }
}
