package dev.hapax.nn;

import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What is added to attention scores so that tokens do not see what they must not. */
public final class AttentionMask {
    // below every score by far: the exponential is zero in all types; fp16 holds twice this, so two masks may add up,
    // and a row that is masked throughout stays finite
    private static final double NEVER = -30000;

    private AttentionMask() {}

    /**
     * Each token sees itself and those before it: (1, 1, tokens, tokens), or with padding (b, 1, tokens, tokens).
     *
     * @param padding (b, tokens), 1 for a token and 0 for padding
     * @param like gives type and device
     */
    public static Tensor causal(long tokens, @Nullable Tensor padding, Tensor like) {
        return causal(tokens, tokens, padding, like);
    }

    /**
     * The same for the last {@code queries} of {@code tokens} tokens, the others having been read before: (1, 1, queries,
     * tokens), or with padding (b, 1, queries, tokens).
     */
    public static Tensor causal(long queries, long tokens, @Nullable Tensor padding, Tensor like) {
        Tensor later = Tensor.ones(like.dtype(), 1, 1, queries, tokens)
                .to(like.device())
                .upperTriangle(tokens - queries + 1)
                .times(NEVER);
        return padding == null ? later : later.plus(padding(padding, like));
    }

    /**
     * Every token sees all that is not padding: (b, 1, 1, tokens).
     *
     * @param padding (b, tokens), 1 for a token and 0 for padding
     * @param like gives the type
     */
    public static Tensor padding(Tensor padding, Tensor like) {
        return padding.to(like.dtype())
                .minus(1)
                .times(-NEVER) // 0 or NEVER
                .reshape(padding.size(0), 1, 1, padding.size(1));
    }
}
