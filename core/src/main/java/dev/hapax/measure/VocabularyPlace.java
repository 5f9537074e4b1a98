package dev.hapax.measure;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a learned word lies among the words that the text encoder was trained with. Words far out are read wrongly beside
 * others: Zhang et al. 2024 (Compositional Inversion) call the dense middle of the vocabulary its core. With v_1 ... v_n for
 * the word's vectors and e_1 ... e_m for the rows of the vocabulary's table,
 *
 * <pre>
 * norm ratio          = mean_i |v_i| / mean_j |e_j|
 * nearness of token j = mean_i cos(v_i, e_j)
 * </pre>
 *
 * @param normRatio 1 for an ordinary word
 * @param nearest the nearest tokens, the nearest first
 */
public record VocabularyPlace(double normRatio, List<Neighbour> nearest) {
    /** Keeps a copy of the list. */
    public VocabularyPlace {
        nearest = List.copyOf(nearest);
    }

    /**
     * A token of the vocabulary.
     *
     * @param text as people write it
     * @param cosine to the learned word
     */
    public record Neighbour(String text, double cosine) {}

    /**
     * Places a word.
     *
     * @param vectors (n, width)
     * @param encoder the text encoder that it was learned for
     * @param tokenizer of that encoder
     * @param count how many neighbours to name
     */
    public static VocabularyPlace of(Tensor vectors, ClipTextEncoder encoder, Tokenizer tokenizer, int count) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor own = vectors.detach().to(DType.FLOAT32); // (n, width)
            Tensor table = encoder.tokenTable().to(DType.FLOAT32); // (vocabulary, width)
            Tensor ownNorms = own.norm(1).reshape(-1, 1); // (n, 1)
            Tensor norms = table.norm(1).reshape(-1, 1); // (vocabulary, 1)
            Tensor cosines = own.over(ownNorms)
                    .matmul(table.over(norms.clamp(Float.MIN_NORMAL, Float.MAX_VALUE))
                            .transpose(0, 1))
                    .mean(false, 0); // (vocabulary)
            double ratio = ownNorms.mean().item() / norms.mean().item();
            return new VocabularyPlace(ratio, nearest(cosines.toFloats(), tokenizer, count));
        }
    }

    /** Tokens that stand for no text, such as the end of a prompt, and spare rows behind the vocabulary are left out. */
    private static List<Neighbour> nearest(float[] cosines, Tokenizer tokenizer, int count) {
        List<Neighbour> found = new ArrayList<>();
        List<Integer> order = IntStream.range(0, Math.min(cosines.length, tokenizer.vocabularySize()))
                .boxed()
                .sorted(Comparator.comparingDouble(id -> -cosines[id]))
                .toList();
        for (int id : order) {
            String text = tokenizer.decode(id);
            if (!text.isBlank()) {
                found.add(new Neighbour(text, cosines[id]));
            }
            if (found.size() == count) {
                break;
            }
        }
        return found;
    }
}
