package dev.hapax.nn;

/**
 * What a block of a model holds while gradients flow through it, in numbers (elements of tensors) for one sample. It
 * follows libtorch's rules of what an operation keeps for its gradient: a convolution, a normalisation and an activation
 * their input; a linear layer its input if its weight moves; fused attention queries, keys, values, its output and a
 * number for each row of scores; a softmax its output; a product both factors.
 *
 * @param outside what stays until the end of the step, whether the block is run once or twice: its output above all
 * @param inside what is kept for the block's gradients alone, or computed anew
 * @param passing what its backward pass makes and drops at its height
 * @param parameters how many numbers of its own can move, for all samples together
 */
public record Footprint(long outside, long inside, long passing, long parameters) {}
