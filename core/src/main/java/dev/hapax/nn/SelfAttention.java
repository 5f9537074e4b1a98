package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention of a sequence to itself (Vaswani et al. 2017, section 3.2.2), with the parameter names of CLIP.
 *
 * @param q queries, (width, width)
 * @param k keys, (width, width)
 * @param v values, (width, width)
 * @param out joins the heads, (width, width)
 * @param heads divides width
 */
public record SelfAttention(Linear q, Linear k, Linear v, Linear out, int heads) {

    /** Checks the number of heads. */
    public SelfAttention {
        long width = q.weight().size(0);
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(heads + " attention heads do not divide the width " + width);
        }
    }

    /** Takes {@code q_proj}, {@code k_proj}, {@code v_proj} and {@code out_proj}. */
    public static SelfAttention of(Weights weights, long width, int heads) {
        return new SelfAttention(
                Linear.of(weights.at("q_proj"), width, width),
                Linear.of(weights.at("k_proj"), width, width),
                Linear.of(weights.at("v_proj"), width, width),
                Linear.of(weights.at("out_proj"), width, width),
                heads);
    }

    /**
     * (b, tokens, width) to the same shape.
     *
     * @param mask added to the scores, broadcastable to (b, heads, tokens, tokens); null for none
     */
    public Tensor apply(Tensor x, @Nullable Tensor mask) {
        return apply(x, keysValues(x), mask);
    }

    /** What tokens (b, tokens, width) show to those that look at them. */
    public KeysValues keysValues(Tensor x) {
        return new KeysValues(split(k.apply(x)), split(v.apply(x)));
    }

    /**
     * (b, tokens, width) to the same shape, looking at other tokens than themselves alone.
     *
     * @param seen what they look at, n tokens
     * @param mask added to the scores, broadcastable to (b, heads, tokens, n); null for none
     */
    public Tensor apply(Tensor x, KeysValues seen, @Nullable Tensor mask) {
        Tensor joined = Functional.attention(split(q.apply(x)), seen.keys(), seen.values(), mask)
                .transpose(1, 2)
                .reshape(x.shape()); // (b, tokens, width)
        return out.apply(joined);
    }

    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads)
                .transpose(1, 2); // (b, heads, tokens, width / heads)
    }
}
