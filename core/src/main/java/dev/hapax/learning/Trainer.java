package dev.hapax.learning;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Learns the words of any {@link Method}, and the weights that it also moves: pass, losses, gradients, AdamW. It knows
 * none of the methods.
 *
 * <p>Between any two steps {@link #state()} is all there is to save; {@link #restore} goes on as if nothing had happened.
 *
 * @param <P> the kind of pass
 */
public final class Trainer<P extends Pass> implements AutoCloseable {
    /**
     * How to train.
     *
     * @param steps optimiser steps in all, at least 1
     * @param rate the constant learning rate of words, positive
     * @param weightRate the constant learning rate of weights that also move, positive
     * @param clip the longest that all gradients together may be, positive; longer ones are shortened. Infinity leaves
     *     them alone
     * @param adam the optimiser
     */
    public record Settings(long steps, double rate, double weightRate, double clip, AdamW.Settings adam) {
        /** Checks the ranges. */
        public Settings {
            if (steps < 1 || !(rate > 0)) {
                throw new IllegalArgumentException("steps must be >= 1 and the learning rate > 0, got " + steps
                        + " and " + rate + "; give both as positive numbers");
            }
            if (!(weightRate > 0) || !(clip > 0)) {
                throw new IllegalArgumentException("the learning rate of weights and the longest gradient must be > 0,"
                        + " got " + weightRate + " and " + clip);
            }
        }

        /** One rate for all, gradients as they come. */
        public Settings(long steps, double rate, AdamW.Settings adam) {
            this(steps, rate, rate, Double.POSITIVE_INFINITY, adam);
        }
    }

    private final Method<P> method;
    private final Forward<P> forward;
    private final Settings settings;
    private final ParameterGroup words; // one (cells * vectors, width) leaf for each word
    private final ParameterGroup weights;
    private final MovementWatch watch;

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
        watch = new MovementWatch(method, settings.rate());
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> initial = new LinkedHashMap<>();
            for (Word word : method.words()) {
                initial.put(word.token(), forward.initial(word));
            }
            Map<String, Tensor> initialWeights = forward.initialWeights(method);
            words = new ParameterGroup("word.", "", initial, settings.rate(), settings.adam());
            weights = new ParameterGroup("weight.", "weights.", initialWeights, settings.weightRate(), settings.adam());
        }
    }

    /** Trains to the end; {@code listener} hears of every step. Returns the words, which live until {@link #close()}. */
    public Lexicon run(Consumer<StepReport> listener) {
        while (steps() < settings.steps()) {
            long step = steps();
            try (Scope scope = Scope.open()) {
                if (!method.feedback().goOn(step, words())) {
                    break;
                }
                Map<String, Double> values = step(step);
                listener.accept(new StepReport(step, settings.steps(), values, readings(), words()));
            }
        }
        return words();
    }

    private Map<String, Double> step(long step) {
        P pass = forward.pass(method, new Learned(words(), weights()), step);
        Map<String, Double> values = new LinkedHashMap<>();
        Tensor total = Tensor.scalar(0);
        for (LossTerm<P> loss : method.losses()) {
            Tensor value = loss.of(pass);
            values.put(loss.name(), value.item());
            total = total.plus(value);
        }
        watch.see(values, step);
        List<Tensor> leaves = words.list();
        int count = leaves.size();
        leaves.addAll(weights.list());
        List<Tensor> gradients = new GradientClip(settings.clip()).apply(Gradients.of(total, leaves), step);
        watch.see(gradients.subList(0, count), pass, step);
        words.step(gradients.subList(0, count));
        weights.step(gradients.subList(count, gradients.size()));
        return values;
    }

    /** The words as they are now. */
    public Lexicon words() {
        Lexicon lexicon = Lexicon.empty();
        Map<String, Tensor> rows = words.byName();
        for (Word word : method.words()) {
            lexicon = word.in(lexicon, Objects.requireNonNull(rows.get(word.token())));
        }
        return lexicon;
    }

    /** The weights that also move, as they are now ({@link Learned#weights()}). */
    public Map<String, Tensor> weights() {
        return weights.byName();
    }

    /** The latest {@link LossTerm#readings()} of all losses. */
    public Map<String, Double> readings() {
        Map<String, Double> readings = new LinkedHashMap<>();
        method.losses().forEach(loss -> readings.putAll(loss.readings()));
        return readings;
    }

    /** Steps taken so far. */
    public long steps() {
        return words.steps();
    }

    /** Everything that {@link #restore} needs beside the step count, by name. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(words.state());
        state.putAll(weights.state());
        method.losses()
                .forEach(loss ->
                        loss.memory().forEach((key, value) -> state.put("memory." + loss.name() + "." + key, value)));
        return state;
    }

    /** Goes on from a saved state. */
    public void restore(Map<String, Tensor> state, long steps) {
        words.restore(state, steps);
        weights.restore(state, steps);
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
        words.close();
        weights.close();
    }
}
