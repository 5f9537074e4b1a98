package dev.hapax.lora;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of loading a LoRA. All of its tensors have found their place: one that does not is an error.
 *
 * @param lora which
 * @param tensors how many tensors it has
 * @param effects what it does to each part, sorted by part
 */
public record LoraReport(AppliedLora lora, int tensors, List<Effect> effects) {
    /**
     * How much a LoRA changes a part of a model.
     *
     * @param part the part
     * @param weights how many weights it changes: those that are named and are other numbers than before
     * @param change the Frobenius norm of all changes together, with their weight
     * @param base the Frobenius norm of all named weights before
     */
    public record Effect(String part, int weights, double change, double base) {
        /** The change relative to what is changed: 0.01 is one per cent. */
        public double relative() {
            return change / base;
        }
    }

    /** Copies the list. */
    public LoraReport {
        effects = List.copyOf(effects);
    }

    /** One line for people. */
    @Override
    public String toString() {
        String changes = effects.stream()
                .map(effect -> String.format(
                        Locale.ROOT,
                        "%.3g in %s (%.3g %% of %d weights)",
                        effect.change(),
                        effect.part(),
                        100 * effect.relative(),
                        effect.weights()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s at %s: all %d tensors matched, norm of the change %s",
                lora.name(),
                lora.weight(),
                tensors,
                changes);
    }
}
