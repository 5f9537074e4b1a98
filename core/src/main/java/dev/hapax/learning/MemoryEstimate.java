package dev.hapax.learning;

import dev.hapax.nn.Footprint;
import java.util.List;

/**
 * The most memory that a training run holds at once, in bytes, from the model's architecture. It counts tensors: not the
 * program itself, nor what libtorch's operations need for an instant.
 *
 * <p>A backward pass goes through the blocks from the last to the first. At block k it holds, for every sample, what
 * stays to the end of the step ({@link Footprint#outside()} of all blocks), what the blocks up to k keep for their
 * gradients (with checkpointing: block k alone), and what passes at k; beside it the gradients of the parameters from k
 * to the last block. After it, all gradients and what the optimiser makes for the largest parameter. The peak is the
 * largest of these sums; weights that move and both moments of AdamW are there throughout.
 *
 * @param model the model's weights
 * @param moved copies of those that move
 * @param optimiser gradients at the peak, and both moments
 * @param activations the rest at the peak
 */
public record MemoryEstimate(long model, long moved, long optimiser, long activations) {
    private static final int NUMBER = 4; // bytes in fp32
    private static final int MOMENTS = 2; // of AdamW
    private static final int STEP =
            4; // tensors that AdamW makes of one parameter: root, quotient, sum and the scaled one

    /**
     * What a run is made of.
     *
     * @param model bytes of the model's weights
     * @param moving how many numbers move, words not counted
     * @param largest how many of them the largest parameter has
     * @param sums how many numbers the matrices have that are the sum of weights and a LoRA, which a step makes
     * @param samples of one step, regularising ones included
     */
    public record Run(long model, long moving, long largest, long sums, int samples) {}

    /**
     * The estimate of a run.
     *
     * @param blocks in the order in which they run, text encoder first
     * @param checkpointing whether they are run twice
     */
    public static MemoryEstimate of(Run run, List<Footprint> blocks, boolean checkpointing) {
        long samples = run.samples();
        long all = blocks.stream().mapToLong(Footprint::parameters).sum();
        double share = all == 0 ? 0 : (double) run.moving() / all; // each block's part of what moves
        long outside = run.sums();
        long kept = 0;
        for (Footprint block : blocks) {
            outside += samples * block.outside();
            kept += checkpointing ? 0 : samples * block.inside();
        }
        long gradients = 0;
        long mostActivations = outside + STEP * run.largest(); // when the optimiser steps
        long itsGradients = run.moving();
        for (int k = blocks.size() - 1; k >= 0; k--) {
            Footprint block = blocks.get(k);
            gradients += Math.round(share * block.parameters());
            long here = outside
                    + samples * block.passing()
                    + (checkpointing ? samples * (block.inside() + block.outside()) : kept);
            if (here + gradients > mostActivations + itsGradients) {
                mostActivations = here;
                itsGradients = gradients;
            }
            kept -= checkpointing ? 0 : samples * block.inside();
        }
        return new MemoryEstimate(
                run.model(),
                NUMBER * run.moving(),
                NUMBER * (MOMENTS * run.moving() + itsGradients),
                NUMBER * mostActivations);
    }

    /** Weights of the model, and copies of those that move. */
    public long weights() {
        return model + moved;
    }

    /** All of it. */
    public long total() {
        return weights() + optimiser + activations;
    }
}
