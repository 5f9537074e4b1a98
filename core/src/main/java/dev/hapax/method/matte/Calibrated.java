package dev.hapax.method.matte;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A term whose weight is found from gradients. For 50 steps it is off, so that words have left what they start from; in the
 * last 20 of these both gradients at one word are measured, its own and the reconstruction's, and the weight is set such
 * that the medians of their lengths stand in a wanted proportion. Until step 150 it grows to that weight. All of this is our
 * choice: the paper's weights are not known.
 */
final class Calibrated implements LossTerm<DenoisingPass> {
    private static final long FROM = 30;
    private static final long UNTIL = 50;
    private static final long FULL = 150;

    private final LossTerm<DenoisingPass> term;
    private final LossTerm<DenoisingPass> reconstruction;
    private final String word;
    private final double share;
    private final double fallback;
    private final List<Float> own = new ArrayList<>(); // lengths of gradients at the word; zeros are left out
    private final List<Float> others = new ArrayList<>();

    /**
     * A weighted term.
     *
     * @param word whose gradient is measured
     * @param share of the reconstruction's gradient; 0 for the fallback
     * @param fallback the weight where nothing could be measured
     */
    Calibrated(
            LossTerm<DenoisingPass> term,
            LossTerm<DenoisingPass> reconstruction,
            String word,
            double share,
            double fallback) {
        this.term = term;
        this.reconstruction = reconstruction;
        this.word = word;
        this.share = share;
        this.fallback = fallback;
    }

    @Override
    public String name() {
        return term.name();
    }

    @Override
    public Tensor of(DenoisingPass pass) {
        if (share > 0 && pass.step() >= FROM && pass.step() < UNTIL) {
            measure(pass);
        }
        double grown = Math.min(1, Math.max(0, (pass.step() - UNTIL) / (double) (FULL - UNTIL)));
        return term.of(pass).times(weight() * grown);
    }

    private void measure(DenoisingPass pass) {
        length(term, pass, own);
        length(reconstruction, pass, others);
    }

    private void length(LossTerm<DenoisingPass> measured, DenoisingPass pass, List<Float> lengths) {
        try (Scope scope = Scope.open()) {
            Tensor value = measured.of(pass);
            Tensor one = Tensor.ones(value.dtype(), value.shape()).to(value.device());
            Tensor gradient = Gradients.of(value, one, List.of(pass.lexicon().rows(word)), true)
                    .get(0);
            float length = (float) Math.sqrt(gradient.square().sum().item());
            if (length > 0 && Float.isFinite(length)) {
                lengths.add(length);
            }
        }
    }

    /** The weight without its growth. */
    double weight() {
        boolean found = share > 0 && !own.isEmpty() && !others.isEmpty();
        return found ? share * median(others) / median(own) : fallback;
    }

    private static double median(List<Float> values) {
        List<Float> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2.0;
    }

    @Override
    public Map<String, Double> readings() {
        return Map.of("weight of " + name(), weight());
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        put(memory, "own", own);
        put(memory, "others", others);
        return memory;
    }

    private static void put(Map<String, Tensor> memory, String key, List<Float> values) {
        if (!values.isEmpty()) {
            float[] array = new float[values.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = values.get(i);
            }
            memory.put(key, Tensor.of(array, array.length));
        }
    }

    @Override
    public void remember(Map<String, Tensor> memory) {
        take(memory, "own", own);
        take(memory, "others", others);
    }

    private static void take(Map<String, Tensor> memory, String key, List<Float> values) {
        values.clear();
        Tensor saved = memory.get(key);
        if (saved != null) {
            for (float value : saved.toFloats()) {
                values.add(value);
            }
        }
    }
}
