package dev.hapax.method.compositionalinversion;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * L_anc of Zhang et al. 2024, equation 6: {@code 1/|A| sum_i delta_i ||e - e_i||^2}, which draws a learned vector e to the
 * few anchors e_i that say nearly the same. By what it is divided in place of |A|, {@link AnchorSettings.Reduction} says. The
 * mean over a word's vectors, the sum over words. The weights delta are chosen anew every few steps and carry no gradient.
 */
final class NearAnchors implements LossTerm<DenoisingPass> {
    private final Map<String, Integer> words; // word -> number of its class among the anchors, or -1
    private final AnchorTable table;
    private final AnchorSettings settings;
    private final Map<String, List<float[]>> choices = new LinkedHashMap<>(); // word -> weights for each vector

    NearAnchors(Map<String, Integer> words, AnchorTable table, AnchorSettings settings) {
        this.words = new LinkedHashMap<>(words);
        this.table = table;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "near anchors";
    }

    @Override
    public Tensor of(DenoisingPass pass) {
        return of(pass.lexicon(), pass.step());
    }

    Tensor of(Lexicon lexicon, long step) {
        Tensor sum = Tensor.scalar(0);
        for (Map.Entry<String, Integer> word : words.entrySet()) {
            Tensor rows = lexicon.rows(word.getKey()); // (vectors, width)
            requireWidth(word.getKey(), rows.size(1));
            if (!choices.containsKey(word.getKey()) || step % settings.refresh() == 0) {
                choices.put(word.getKey(), choose(rows, word.getValue()));
            }
            List<float[]> chosen = choices.getOrDefault(word.getKey(), List.of());
            for (int vector = 0; vector < chosen.size(); vector++) {
                Tensor distance = distance(rows.select(0, vector), chosen.get(vector));
                sum = sum.plus(distance.over(settings.divisor(table) * chosen.size()));
            }
        }
        return sum.sum();
    }

    private List<float[]> choose(Tensor rows, int own) {
        List<float[]> chosen = new ArrayList<>();
        for (int vector = 0; vector < rows.size(0); vector++) {
            chosen.add(AnchorChoice.of(table, rows.select(0, vector).toFloats(), settings, own));
        }
        return chosen;
    }

    /** {@code sum_i delta_i ||e - e_i||^2} over the anchors with a weight. */
    private Tensor distance(Tensor vector, float[] weights) {
        Tensor sum = Tensor.scalar(0).to(vector.device());
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                Tensor anchor = Tensor.of(table.vectors().get(i), table.width()).to(vector.device());
                sum = sum.plus(vector.minus(anchor).square().sum().times(weights[i]));
            }
        }
        return sum;
    }

    private void requireWidth(String word, long width) {
        if (width != table.width()) {
            throw new IllegalArgumentException("the vectors of " + word + " have width " + width + ", the anchors "
                    + table.width() + "; take the anchors of the same text encoder");
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        choices.forEach((word, chosen) -> memory.put(
                word,
                Tensor.stack(
                        chosen.stream()
                                .map(weights -> Tensor.of(weights, weights.length))
                                .toList(),
                        0))); // (vectors, anchors)
        return memory;
    }

    @Override
    public void remember(Map<String, Tensor> memory) {
        choices.clear();
        memory.forEach((word, saved) -> {
            if (!words.containsKey(word) || saved.size(1) != table.names().size()) {
                throw new IllegalArgumentException(
                        name() + " has " + table.names().size() + " anchors for "
                                + words.keySet() + ", the saved state " + saved.size(1) + " for " + word
                                + "; it is another run's");
            }
            List<float[]> chosen = new ArrayList<>();
            for (int vector = 0; vector < saved.size(0); vector++) {
                chosen.add(saved.select(0, vector).toFloats());
            }
            choices.put(word, chosen);
        });
    }
}
