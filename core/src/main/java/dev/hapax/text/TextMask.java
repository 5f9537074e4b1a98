package dev.hapax.text;

import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What a text encoder adds to its attention scores so that tokens do not see what they must not. */
final class TextMask {
    // below every score by far: the exponential is zero in all types; fp16 holds twice this, so two masks may add up,
    // and a row that is masked throughout stays finite
    private static final double NEVER = -30000;

    private TextMask() {}

    /**
     * Each token sees itself and those before it: (1, 1, tokens, tokens), or with padding (b, 1, tokens, tokens).
     *
     * @param padding (b, tokens), 1 for a token and 0 for padding
     * @param like gives type and device
     */
    static Tensor causal(long tokens, @Nullable Tensor padding, Tensor like) {
        Tensor later = Tensor.ones(like.dtype(), 1, 1, tokens, tokens)
                .to(like.device())
                .upperTriangle(1)
                .times(NEVER);
        if (padding == null) {
            return later;
        }
        Tensor hidden = padding.to(like.dtype()).minus(1).times(-NEVER); // (b, tokens), 0 or NEVER
        return later.plus(hidden.reshape(padding.size(0), 1, 1, tokens));
    }
}
