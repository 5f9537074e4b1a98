package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/** The step that DDPM and unCLIP share: estimate the clean sample, then draw from the posterior. */
record Ancestral(PredictionType prediction, Clipping clipping, VarianceType variance) {

    Step step(Tensor modelOutput, Tensor x, double a, Transition transition, boolean addNoise, Supplier<Tensor> noise) {
        Tensor predicted = modelOutput;
        Tensor learned = null;
        if (variance.learned()) {
            var halves = modelOutput.chunk(2, 1);
            predicted = halves.get(0);
            learned = halves.get(1);
        }
        Tensor clean = clipping.apply(prediction.clean(predicted, x, Math.sqrt(a), Math.sqrt(1 - a)));
        Tensor mean = transition.mean(clean, x);
        return new Step(addNoise ? mean.plus(variance.scaled(noise.get(), transition, learned)) : mean, clean);
    }
}
