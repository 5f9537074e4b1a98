package dev.hapax.learning;

import dev.hapax.tensor.Tensor;
import dev.hapax.text.Word;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees that the gradient of every word is a number, and that a word gets one at all, unless losses may rest: soon after the
 * first prompts that hold it, which for words of single pictures may be late.
 */
final class MovementWatch {
    private static final int PATIENCE = 20; // passes with the word but no gradient before it is given up; our choice

    private final String method;
    private final List<Word> words;
    private final double rate;
    private final boolean rests;
    private final Set<String> moved = new HashSet<>();
    private final Map<String, Integer> idle = new HashMap<>(); // passes with the word but no gradient so far

    MovementWatch(Method<?> method, double rate) {
        this.method = method.name();
        this.words = method.words();
        this.rate = rate;
        this.rests = method.losses().stream().anyMatch(LossTerm::rests);
    }

    /** Looks at the losses of a step. */
    void see(Map<String, Double> losses, long step) {
        losses.forEach((loss, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalStateException("the loss \"" + loss + "\" is not finite at step " + step
                        + "; lower the learning rate of " + rate);
            }
        });
    }

    /** Looks at the gradient of each word. */
    void see(List<Tensor> gradients, Pass pass, long step) {
        for (int i = 0; i < gradients.size(); i++) {
            String token = words.get(i).token();
            double size = gradients.get(i).abs().sum().item();
            if (!Double.isFinite(size)) {
                throw new IllegalStateException("the gradient of " + token + " is not finite at step " + step
                        + "; lower the learning rate of " + rate);
            }
            if (size > 0) {
                moved.add(token);
            } else if (!rests && !moved.contains(token) && pass.holds(token)) {
                int passes = idle.getOrDefault(token, 0) + 1;
                idle.put(token, passes);
                if (passes == PATIENCE) {
                    throw new IllegalStateException(token + " has not moved in " + PATIENCE + " steps: no loss of "
                            + method + " depends on it; check prompt and masks");
                }
            }
        }
    }
}
