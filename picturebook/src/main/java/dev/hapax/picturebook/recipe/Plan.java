package dev.hapax.picturebook.recipe;

import dev.hapax.learning.AdamW;
import dev.hapax.tensor.DType;

/**
 * How long and how fast one stage trains.
 *
 * @param name of the stage: its state and log are named after it
 * @param steps optimiser steps in all
 * @param batch samples of one step, over all workers
 * @param peakRate learning rate after the warm-up
 * @param warmup steps of linear rise from 0
 * @param decay steps of linear fall to 0 at the end
 * @param clipNorm gradients are scaled down to this Euclidean norm
 * @param averageDecay of the moving average of the parameters
 * @param adam the optimiser
 * @param compute the type that forward and backward run in
 * @param workers threads, each with its share of the batch
 */
public record Plan(
        String name,
        long steps,
        int batch,
        double peakRate,
        long warmup,
        long decay,
        double clipNorm,
        double averageDecay,
        AdamW.Settings adam,
        DType compute,
        int workers) {

    /** Checks that the numbers fit together. */
    public Plan {
        if (steps < 1 || warmup + decay > steps) {
            throw new IllegalArgumentException("stage " + name + " needs at least 1 step and room for a warm-up of "
                    + warmup + " and a decay of " + decay + ", got " + steps + " steps");
        }
        if (workers < 1 || batch < workers || batch % workers != 0) {
            throw new IllegalArgumentException("stage " + name + ": the number of threads must divide the batch of "
                    + batch + ", got " + workers + " threads");
        }
    }

    /** The learning rate of a step: linear warm-up, constant, linear decay. */
    double rate(long step) {
        double rise = Math.min(1, (step + 1) / (double) Math.max(1, warmup));
        double fall = Math.min(1, (steps - step) / (double) Math.max(1, decay));
        return peakRate * Math.min(rise, fall);
    }

    /** The averaging decay of a step: shorter at the start, so that the average forgets the initial values. */
    double averageDecay(long step) {
        return Math.min(averageDecay, (1.0 + step) / (10.0 + step));
    }
}
