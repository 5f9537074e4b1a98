package dev.hapax.learning;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters that move at one learning rate, with their optimiser; they live until this is closed. */
final class ParameterGroup implements AutoCloseable {
    private final String kind;
    private final String optimiserPrefix;
    private final double rate;
    private final Map<String, Tensor> leaves = new LinkedHashMap<>();
    private final AdamW optimiser;

    /**
     * A group.
     *
     * @param kind what the names of saved parameters begin with, for example {@code word.}
     * @param optimiserPrefix what the names of saved moments begin with
     * @param initial what the parameters start from; copied
     * @param rate the learning rate
     */
    ParameterGroup(
            String kind, String optimiserPrefix, Map<String, Tensor> initial, double rate, AdamW.Settings settings) {
        this.kind = kind;
        this.optimiserPrefix = optimiserPrefix;
        this.rate = rate;
        initial.forEach((name, value) ->
                leaves.put(name, value.detach().copy().requiresGrad(true).keep()));
        optimiser = new AdamW(list(), settings);
    }

    List<Tensor> list() {
        return new ArrayList<>(leaves.values());
    }

    Map<String, Tensor> byName() {
        return Collections.unmodifiableMap(leaves);
    }

    long steps() {
        return optimiser.steps();
    }

    void step(List<Tensor> gradients) {
        optimiser.step(gradients, rate);
    }

    /** The moments, then the parameters. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        optimiser.state().forEach((name, moment) -> state.put(optimiserPrefix + name, moment));
        leaves.forEach((name, leaf) -> state.put(kind + name, leaf));
        return state;
    }

    void restore(Map<String, Tensor> state, long steps) {
        Map<String, Tensor> moments = new LinkedHashMap<>();
        optimiser.state().keySet().forEach(name -> moments.put(name, saved(state, optimiserPrefix + name)));
        optimiser.restore(moments, steps);
        try (Gradients.Region off = Gradients.off()) {
            leaves.forEach((name, leaf) -> leaf.assign(saved(state, kind + name)));
        }
    }

    private static Tensor saved(Map<String, Tensor> state, String key) {
        Tensor saved = state.get(key);
        if (saved == null) {
            throw new IllegalArgumentException("the saved state lacks " + key + "; it is another run's");
        }
        return saved;
    }

    @Override
    public void close() {
        optimiser.close();
        leaves.values().forEach(Tensor::close);
    }
}
