package dev.hapax.learning;

import dev.hapax.checkpoint.ModelPart;
import dev.hapax.lora.LoraFactors;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/**
 * How much of what was learned in whole weights is in the LoRA that comes closest to it.
 *
 * @param modules how many weights have a part in it
 * @param weights how many weights moved
 * @param norm the Frobenius norm of the LoRA's change
 * @param whole the Frobenius norm of all that moved
 */
public record LoraShare(int modules, int weights, double norm, double whole) {

    /**
     * Measures it.
     *
     * @param model what the run began with
     * @param learned {@link Learned#weights()}
     * @param lora of {@link LearnedLora#closest}
     */
    public static LoraShare of(
            TunableModel model, Map<String, Tensor> learned, Map<String, Map<String, LoraFactors>> lora) {
        int modules = 0;
        double squares = 0;
        for (Map<String, LoraFactors> part : lora.values()) {
            modules += part.size();
            for (LoraFactors factors : part.values()) {
                squares += Math.pow(factors.norm(), 2);
            }
        }
        double all = 0;
        for (Map.Entry<String, Tensor> weight : learned.entrySet()) {
            all += squares(model, weight.getKey(), weight.getValue());
        }
        return new LoraShare(modules, learned.size(), Math.sqrt(squares), Math.sqrt(all));
    }

    private static double squares(TunableModel model, String key, Tensor changed) {
        ModelPart part = key.startsWith(TunableModel.UNET + ".") ? model.unet() : model.textEncoder();
        try (Scope scope = Scope.open()) {
            Tensor base = part.weights().get(key.substring(key.indexOf('.') + 1), changed.shape());
            Tensor change =
                    changed.detach().to(DType.FLOAT64).minus(base.detach().to(DType.FLOAT64));
            return change.times(change).sum().item();
        }
    }

    /** The norm of the LoRA's change as a part of the whole's, in [0, 1]; 1 if nothing changed. */
    public double held() {
        return whole == 0 ? 1 : norm / whole;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "the exported LoRA holds %.3g %% of the norm of the change, in %d of the %d weights that moved",
                100 * held(),
                modules,
                weights);
    }
}
