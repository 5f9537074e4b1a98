package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The attention half of a layer that normalises after each half (Vaswani et al. 2017): {@code norm(x + attention(x))}.
 * With BERT's names.
 *
 * @param attention to the sequence itself or to another one
 * @param norm of the sum
 */
public record PostNormAttention(MultiHeadAttention attention, LayerNorm norm) {

    /**
     * Takes {@code query}, {@code key} and {@code value} below {@code inner}, and {@code output.dense} and {@code
     * output.LayerNorm}.
     *
     * @param inner {@code self} in BERT, {@code attention} in BLIP-2's Q-Former
     */
    public static PostNormAttention of(
            Weights weights, String inner, long width, long sourceWidth, int heads, double epsilon) {
        return new PostNormAttention(
                MultiHeadAttention.ofBert(weights.at(inner), weights.at("output"), width, sourceWidth, heads),
                LayerNorm.of(weights.at("output.LayerNorm"), width, epsilon));
    }

    /** (b, tokens, width) to the same shape; source and mask as {@link MultiHeadAttention#apply} takes them. */
    public Tensor apply(Tensor x, KeysValues source, @Nullable Tensor mask) {
        return norm.apply(x.plus(attention.apply(x, source, mask)));
    }
}
