package dev.hapax.learning;

import dev.hapax.text.Lexicon;
import java.util.Map;

/**
 * What happened in one training step.
 *
 * @param step from 0
 * @param steps in all
 * @param losses each term's weighted value by its name, in the method's order
 * @param readings what losses tell beside their values ({@link LossTerm#readings()})
 * @param words as they are after the step; valid until the next one
 */
public record StepReport(
        long step, long steps, Map<String, Double> losses, Map<String, Double> readings, Lexicon words) {

    /** The sum of the losses. */
    public double total() {
        return losses.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
