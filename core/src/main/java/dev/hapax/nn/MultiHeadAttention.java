package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2) whose keys and values can be made once and looked at many
 * times: those of a picture while an answer is written, those of the words before while the next one is found.
 *
 * @param q makes queries, (heads d, width)
 * @param k makes keys, (heads d, source width)
 * @param v makes values, (heads d, source width)
 * @param out joins the heads, (width, heads d)
 * @param heads divides the rows of {@code q}
 */
public record MultiHeadAttention(Linear q, Linear k, Linear v, Linear out, int heads) {

    /** Checks the number of heads. */
    public MultiHeadAttention {
        long inner = q.weight().size(0);
        if (heads < 1 || inner % heads != 0) {
            throw new IllegalArgumentException(heads + " attention heads do not divide the width " + inner);
        }
    }

    /** BERT's names: takes {@code query}, {@code key} and {@code value} of {@code in}, and {@code dense} of {@code out}. */
    public static MultiHeadAttention ofBert(Weights in, Weights out, long width, long sourceWidth, int heads) {
        return new MultiHeadAttention(
                Linear.of(in.at("query"), width, width),
                Linear.of(in.at("key"), sourceWidth, width),
                Linear.of(in.at("value"), sourceWidth, width),
                Linear.of(out.at("dense"), width, width),
                heads);
    }

    /** The keys and values of a source (b, tokens, source width). */
    public KeysValues read(Tensor source) {
        return new KeysValues(split(k.apply(source)), split(v.apply(source)));
    }

    /**
     * What the queries gather.
     *
     * @param asking (b, m, width)
     * @param source n keys and values
     * @param mask added to the scores, broadcastable to (b, heads, m, n); null for none
     * @return (b, m, width)
     */
    public Tensor apply(Tensor asking, KeysValues source, @Nullable Tensor mask) {
        return join(Functional.attention(split(q.apply(asking)), source.keys(), source.values(), mask));
    }

    /** The same with scores that are not divided by the square root of d, as T5 is trained (Raffel et al. 2020). */
    public Tensor applyUnscaled(Tensor asking, KeysValues source, @Nullable Tensor mask) {
        Tensor queries = split(q.apply(asking));
        double root = Math.sqrt(queries.size(3));
        return join(Functional.attention(queries.times(root), source.keys(), source.values(), mask));
    }

    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2); // (b, heads, tokens, d)
    }

    private Tensor join(Tensor x) {
        return out.apply(x.transpose(1, 2).reshape(x.size(0), x.size(2), -1));
    }
}
