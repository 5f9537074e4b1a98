package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention whose queries, keys and values come from three places: DETR adds positions to queries and keys
 * and not to values (Carion et al. 2020, figure 10).
 *
 * @param q makes queries, (width, width)
 * @param k makes keys, (width, width)
 * @param v makes values, (width, width)
 * @param out joins the heads, (width, width)
 * @param heads divides width
 */
record DetrAttention(Linear q, Linear k, Linear v, Linear out, int heads) {

    /** Takes {@code q_proj}, {@code k_proj}, {@code v_proj} and {@code out_proj}. */
    static DetrAttention of(Weights weights, int width, int heads) {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(heads + " attention heads do not divide the width " + width);
        }
        return new DetrAttention(
                Linear.of(weights.at("q_proj"), width, width),
                Linear.of(weights.at("k_proj"), width, width),
                Linear.of(weights.at("v_proj"), width, width),
                Linear.of(weights.at("out_proj"), width, width),
                heads);
    }

    /**
     * What the queries gather.
     *
     * @param asking (b, m, width)
     * @param asked (b, n, width)
     * @param values (b, n, width)
     * @param mask added to the scores, broadcastable to (b, heads, m, n); null for none
     * @return (b, m, width)
     */
    Tensor apply(Tensor asking, Tensor asked, Tensor values, @Nullable Tensor mask) {
        Tensor gathered =
                Functional.attention(split(q.apply(asking)), split(k.apply(asked)), split(v.apply(values)), mask);
        return out.apply(gathered.transpose(1, 2).reshape(asking.shape()));
    }

    /** Where the queries look, (b, heads, m, n); the parameters as {@link #apply} takes them. */
    Tensor probabilities(Tensor asking, Tensor asked, @Nullable Tensor mask) {
        return Functional.attentionProbabilities(split(q.apply(asking)), split(k.apply(asked)), mask);
    }

    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads)
                .transpose(1, 2); // (b, heads, tokens, width / heads)
    }
}
