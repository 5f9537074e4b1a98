package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;

/**
 * The perceptron half of a layer that normalises after each half (Vaswani et al. 2017): {@code norm(x + fc2(act(fc1(x))))}.
 *
 * @param fc1 width to intermediate width
 * @param activation between the two
 * @param fc2 back to width
 * @param norm of the sum
 */
public record PostNormFeedForward(Linear fc1, Activation activation, Linear fc2, LayerNorm norm) {

    /** BERT's names: takes {@code dense} of {@code in}, {@code dense} and {@code LayerNorm} of {@code out}. */
    public static PostNormFeedForward ofBert(
            Weights in, Weights out, long width, long inner, Activation activation, double epsilon) {
        return new PostNormFeedForward(
                Linear.of(in.at("dense"), width, inner),
                activation,
                Linear.of(out.at("dense"), inner, width),
                LayerNorm.of(out.at("LayerNorm"), width, epsilon));
    }

    /** (b, tokens, width) to the same shape. */
    public Tensor apply(Tensor x) {
        return norm.apply(x.plus(fc2.apply(activation.apply(fc1.apply(x)))));
    }
}
