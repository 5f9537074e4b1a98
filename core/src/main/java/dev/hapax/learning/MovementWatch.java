package dev.hapax.learning;

import dev.hapax.tensor.Tensor;
import dev.hapax.text.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sees in the first steps of a run that every word gets a gradient, unless losses may rest, and that it is a number. */
final class MovementWatch {
    private static final long PATIENCE = 20; // steps without any gradient before a word is given up; our choice

    private final String method;
    private final List<Word> words;
    private final double rate;
    private final boolean rests;
    private final Set<String> moved = new HashSet<>();

    MovementWatch(Method<?> method, double rate) {
        this.method = method.name();
        this.words = method.words();
        this.rate = rate;
        this.rests = method.losses().stream().anyMatch(LossTerm::rests);
    }

    /** Looks at the gradient of each word. */
    void see(List<Tensor> gradients, long step) {
        for (int i = 0; i < gradients.size() && step < PATIENCE; i++) {
            String token = words.get(i).token();
            double size = gradients.get(i).abs().sum().item();
            if (!Double.isFinite(size)) {
                throw new IllegalStateException("the gradient of " + token + " is not finite at step " + step
                        + "; lower the learning rate of " + rate);
            }
            if (size > 0) {
                moved.add(token);
            } else if (step == PATIENCE - 1 && !rests && !moved.contains(token)) {
                throw new IllegalStateException(token + " has not moved in " + PATIENCE + " steps: no loss of " + method
                        + " depends on it; check prompt and masks");
            }
        }
    }
}
