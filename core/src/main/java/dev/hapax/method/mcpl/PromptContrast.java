package dev.hapax.method.mcpl;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.method.mcpl.McplSettings.Space;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import java.util.ArrayList;
import java.util.List;

/**
 * PromptCL: rows of one concept, over the whole batch, attract each other and repel those of the others. With adjectives
 * in the groups, {@code L^adj} (Bind adj.).
 *
 * <p>The supervised contrastive form (Khosla et al. 2020, L_out): for each row i the mean over its positives j of {@code
 * -log(exp(s_ij / tau) / sum_{k != i} exp(s_ik / tau))}, s the cosine; then the mean over rows. The authors' code counts
 * one positive for each row and the others of the same word as negatives; see docs/methods/mcpl.md.
 */
record PromptContrast(List<List<String>> groups, double temperature, Space space) implements LossTerm<DenoisingPass> {
    private static final double OUT = -1e9; // takes a row out of a softmax

    @Override
    public String name() {
        return "prompt contrast";
    }

    @Override
    public List<String> mentions() {
        return groups.stream().flatMap(List::stream).toList();
    }

    @Override
    public Tensor of(DenoisingPass batch) {
        DenoisingPass pass = batch.subjects();
        List<Tensor> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (String word : groups.get(group)) {
                List<int[]> positions = pass.positions(word);
                for (int sample = 0; sample < pass.batch(); sample++) {
                    rows.add(row(pass, word, sample, positions.get(sample)));
                    labels.add(group);
                }
            }
        }
        return contrast(Tensor.stack(rows, 0), labels, temperature);
    }

    private Tensor row(DenoisingPass pass, String word, int sample, int[] positions) {
        Lexicon lexicon = pass.lexicon();
        if (space == Space.INPUT && lexicon.words().contains(word)) {
            return lexicon.rows(word).mean(false, 0); // (width)
        }
        return pass.text()
                .select(0, sample)
                .narrow(0, positions[0], positions.length) // a word's tokens stand side by side
                .mean(false, 0); // (width)
    }

    /**
     * The loss of labelled rows.
     *
     * @param rows (r, width)
     * @param labels the concept of each row
     */
    static Tensor contrast(Tensor rows, List<Integer> labels, double temperature) {
        int n = labels.size();
        float[] self = new float[n * n];
        float[] positive = new float[n * n]; // each row sums to 1, or to 0 without positives
        for (int i = 0; i < n; i++) {
            Integer label = labels.get(i);
            long same = labels.stream().filter(label::equals).count() - 1;
            for (int j = 0; j < n; j++) {
                self[i * n + j] = i == j ? (float) OUT : 0;
                positive[i * n + j] = i != j && label.equals(labels.get(j)) ? 1f / same : 0;
            }
        }
        Tensor unit = rows.over(rows.norm(1).plus(1e-12));
        Tensor similarity = unit.matmul(unit.transpose(0, 1)).over(temperature); // (r, r)
        Tensor logs = similarity.plus(Tensor.of(self, n, n).to(rows.dtype())).logSoftmax(1);
        long anchors = labels.stream()
                .filter(label -> labels.stream().filter(label::equals).count() > 1)
                .count();
        if (anchors == 0) {
            throw new IllegalArgumentException(
                    "prompt contrast needs two rows of one concept: use a batch of at least 2,"
                            + " or bind adjectives");
        }
        Tensor wanted = Tensor.of(positive, n, n).to(rows.dtype());
        return logs.times(wanted).sum().over(-anchors);
    }
}
