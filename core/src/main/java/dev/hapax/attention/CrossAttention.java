package dev.hapax.attention;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Multi-head attention (Vaswani et al. 2017) of image states over a context: {@code softmax(q k^T / sqrt(d)) v} per
 * head. The context is a text, or for self-attention the states themselves. Parameters are named as in diffusers'
 * {@code Attention}.
 *
 * @param query states to heads x d
 * @param key context to heads x d
 * @param value context to heads x d
 * @param out heads x d to states
 * @param heads how many, at least 1
 * @param held keys and values of the first so many tokens of the context pass no gradient; usually 0
 * @param reading how keys and values are made of the context
 */
public record CrossAttention(Linear query, Linear key, Linear value, Linear out, int heads, int held, Reading reading) {

    /**
     * Takes {@code to_q}, {@code to_k}, {@code to_v} (without bias) and {@code to_out.0}.
     *
     * @param width of the states; a multiple of {@code heads}
     */
    public static CrossAttention of(Weights weights, int width, int contextWidth, int heads) {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    weights.path() + ": width " + width + " does not split into " + heads + " heads");
        }
        return new CrossAttention(
                Linear.withoutBias(weights.at("to_q"), width, width),
                Linear.withoutBias(weights.at("to_k"), contextWidth, width),
                Linear.withoutBias(weights.at("to_v"), contextWidth, width),
                Linear.of(weights.at("to_out.0"), width, width),
                heads,
                0,
                Reading.ANEW);
    }

    /** The same with the first tokens of the context held: their keys and values pass no gradient. */
    public CrossAttention holding(int first) {
        return first == held ? this : new CrossAttention(query, key, value, out, heads, first, reading);
    }

    /** The same with another way to make keys and values. */
    public CrossAttention reading(Reading how) {
        return how == reading ? this : new CrossAttention(query, key, value, out, heads, held, how);
    }

    /** States (b, pixels, width) over a context (b, tokens, context width), in one fused kernel: (b, pixels, width). */
    public Tensor apply(Tensor states, Tensor context) {
        Tensor attended = Functional.attention(
                split(query.apply(states)), split(read(key, context)), split(read(value, context)), null);
        return out.apply(merge(attended));
    }

    /**
     * The same, showing the probabilities (b, heads, pixels, tokens) on the way. For half-precision states they are
     * computed and shown in fp32.
     */
    public Tensor apply(Tensor states, Tensor context, Consumer<Tensor> probe) {
        Tensor q = wide(split(query.apply(states))); // (b, heads, pixels, d)
        Tensor k = wide(split(read(key, context))); // (b, heads, tokens, d)
        double width = q.size(3);
        Tensor scores = q.times(1 / Math.sqrt(width)).matmul(k.transpose(2, 3)); // (b, heads, pixels, tokens)
        Tensor probabilities = scores.softmax(-1);
        probe.accept(probabilities);
        Tensor v = split(read(value, context)); // (b, heads, tokens, d)
        return out.apply(merge(probabilities.to(v.dtype()).matmul(v)));
    }

    private Tensor read(Linear part, Tensor context) {
        if (held == 0) {
            return reading.of(part, context);
        }
        long first = Math.min(held, context.size(1));
        Tensor still = part.apply(context.narrow(1, 0, first)).detach();
        Tensor rest = part.apply(context.narrow(1, first, context.size(1) - first));
        return Tensor.cat(List.of(still, rest), 1); // (b, tokens, heads x d)
    }

    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2); // (b, heads, n, d)
    }

    private Tensor merge(Tensor x) {
        return x.transpose(1, 2).reshape(x.size(0), x.size(2), heads * x.size(3)); // (b, n, width)
    }

    private static Tensor wide(Tensor x) {
        return x.dtype() == DType.FLOAT64 ? x : x.to(DType.FLOAT32);
    }
}
