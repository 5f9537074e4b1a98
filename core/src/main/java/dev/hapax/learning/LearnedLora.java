package dev.hapax.learning;

import dev.hapax.checkpoint.ModelPart;
import dev.hapax.lora.LoraFactors;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a run has learned of the weights, as a LoRA: for each part of the model the factors of each module. */
public final class LearnedLora {
    private static final List<String> PARTS = List.of(TunableModel.UNET, TunableModel.TEXT_ENCODER);
    private static final String WEIGHT = ".weight";
    private static final Pattern TABLE = Pattern.compile(".*\\.(?:token|position)_embedding\\.weight"); // looked up

    private LearnedLora() {}

    /**
     * The factors that were trained; empty if whole weights were.
     *
     * @param learned {@link Learned#weights()}
     */
    public static Map<String, Map<String, LoraFactors>> trained(Map<String, Tensor> learned) {
        Map<String, Map<String, LoraFactors>> factors = new TreeMap<>();
        learned.forEach((key, down) -> {
            String module =
                    key.endsWith(TunedWeights.DOWN) ? key.substring(0, key.length() - TunedWeights.DOWN.length()) : "";
            Tensor up = learned.get(module + TunedWeights.UP);
            if (up != null) {
                put(factors, module, LoraFactors.of(down.detach(), up.detach()));
            }
        });
        return factors;
    }

    /**
     * The LoRA of a rank that comes closest to what was learned in whole matrices ({@link LoraFactors#ofChange}); of
     * smaller matrices all of the change. Biases, convolutions and the text encoder's tables, whose rows are looked up
     * and not multiplied, have no part in it.
     *
     * @param model what the run began with
     * @param learned {@link Learned#weights()}
     * @return fp32 factors, which belong to the innermost open scope
     */
    public static Map<String, Map<String, LoraFactors>> closest(
            TunableModel model, Map<String, Tensor> learned, int rank) {
        Map<String, Map<String, LoraFactors>> factors = new TreeMap<>();
        learned.forEach((key, changed) -> {
            if (key.endsWith(WEIGHT)
                    && changed.rank() == 2
                    && !TABLE.matcher(key).matches()) {
                String module = key.substring(0, key.length() - WEIGHT.length());
                int dot = key.indexOf('.');
                ModelPart part = key.startsWith(TunableModel.UNET + ".") ? model.unet() : model.textEncoder();
                Tensor base = part.weights().get(key.substring(dot + 1), changed.shape());
                long most = Math.min(changed.size(0), changed.size(1));
                put(factors, module, LoraFactors.ofChange(base, changed, (int) Math.min(rank, most)));
            }
        });
        return factors;
    }

    private static void put(Map<String, Map<String, LoraFactors>> factors, String module, LoraFactors change) {
        for (String part : PARTS) {
            if (module.startsWith(part + ".")) {
                factors.computeIfAbsent(part, key -> new TreeMap<>()).put(module.substring(part.length() + 1), change);
            }
        }
    }
}
