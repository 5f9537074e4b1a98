package dev.hapax.learning;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Learns the words of any {@link Method}: pass, losses, gradients, AdamW. It knows none of the methods.
 *
 * <p>Between any two steps {@link #state()} is all there is to save; {@link #restore} goes on as if nothing had happened.
 *
 * @param <P> the kind of pass
 */
public final class Trainer<P extends Pass> implements AutoCloseable {
    private static final long PATIENCE = 20; // steps without any gradient before a word is given up; our choice

    /**
     * How to train.
     *
     * @param steps optimiser steps in all, at least 1
     * @param rate the constant learning rate, positive
     * @param adam the optimiser
     */
    public record Settings(long steps, double rate, AdamW.Settings adam) {
        /** Checks the ranges. */
        public Settings {
            if (steps < 1 || !(rate > 0)) {
                throw new IllegalArgumentException("steps must be >= 1 and the learning rate > 0, got " + steps
                        + " and " + rate + "; give both as positive numbers");
            }
        }
    }

    private final Method<P> method;
    private final Forward<P> forward;
    private final Settings settings;
    private final List<Tensor> rows = new ArrayList<>(); // one (vectors, width) leaf for each word
    private final AdamW optimiser;
    private final Set<String> moved = new HashSet<>();

    /**
     * Prepares a run.
     *
     * @throws IllegalArgumentException if prompts and words do not fit each other or the model
     */
    public Trainer(Method<P> method, Forward<P> forward, Settings settings) {
        forward.check(method);
        this.method = method;
        this.forward = forward;
        this.settings = settings;
        try (Scope scope = Scope.open()) {
            for (Word word : method.words()) {
                rows.add(
                        forward.initial(word).detach().copy().requiresGrad(true).keep());
            }
        }
        optimiser = new AdamW(rows, settings.adam());
    }

    /** Trains to the end; {@code listener} hears of every step. Returns the words, which live until {@link #close()}. */
    public Lexicon run(Consumer<StepReport> listener) {
        while (optimiser.steps() < settings.steps()) {
            long step = optimiser.steps();
            try (Scope scope = Scope.open()) {
                Map<String, Double> values = step(step);
                listener.accept(new StepReport(step, settings.steps(), values, words()));
            }
        }
        return words();
    }

    private Map<String, Double> step(long step) {
        P pass = forward.pass(method, words(), step);
        Map<String, Double> values = new LinkedHashMap<>();
        Tensor total = Tensor.scalar(0);
        for (LossTerm<P> loss : method.losses()) {
            Tensor value = loss.of(pass);
            values.put(loss.name(), value.item());
            total = total.plus(value);
        }
        List<Tensor> gradients = Gradients.of(total, rows);
        requireMovement(gradients, step);
        optimiser.step(gradients, settings.rate());
        return values;
    }

    private void requireMovement(List<Tensor> gradients, long step) {
        for (int i = 0; i < gradients.size() && step < PATIENCE; i++) {
            String token = method.words().get(i).token();
            double size = gradients.get(i).abs().sum().item();
            if (!Double.isFinite(size)) {
                throw new IllegalStateException("the gradient of " + token + " is not finite at step " + step
                        + "; lower the learning rate of " + settings.rate());
            }
            if (size > 0) {
                moved.add(token);
            } else if (step == PATIENCE - 1 && !moved.contains(token)) {
                throw new IllegalStateException(token + " has not moved in " + PATIENCE + " steps: no loss of "
                        + method.name() + " depends on it; check prompt and masks");
            }
        }
    }

    /** The words as they are now. */
    public Lexicon words() {
        Lexicon words = Lexicon.empty();
        for (int i = 0; i < rows.size(); i++) {
            words = words.with(method.words().get(i).token(), rows.get(i));
        }
        return words;
    }

    /** Steps taken so far. */
    public long steps() {
        return optimiser.steps();
    }

    /** Everything that {@link #restore} needs beside the step count, by name. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(optimiser.state());
        words().words().forEach(token -> state.put("word." + token, words().rows(token)));
        method.losses()
                .forEach(loss ->
                        loss.memory().forEach((key, value) -> state.put("memory." + loss.name() + "." + key, value)));
        return state;
    }

    /** Goes on from a saved state. */
    public void restore(Map<String, Tensor> state, long steps) {
        optimiser.restore(state, steps);
        try (Gradients.Region off = Gradients.off()) {
            for (int i = 0; i < rows.size(); i++) {
                String key = "word." + method.words().get(i).token();
                Tensor saved = state.get(key);
                if (saved == null) {
                    throw new IllegalArgumentException("the saved state lacks " + key + "; it is another run's");
                }
                rows.get(i).assign(saved);
            }
        }
        for (LossTerm<P> loss : method.losses()) {
            String prefix = "memory." + loss.name() + ".";
            Map<String, Tensor> memory = new LinkedHashMap<>();
            state.forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    memory.put(key.substring(prefix.length()), value);
                }
            });
            loss.remember(memory);
        }
    }

    @Override
    public void close() {
        optimiser.close();
        rows.forEach(Tensor::close);
    }
}
