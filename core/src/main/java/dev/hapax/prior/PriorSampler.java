package dev.hapax.prior;

import dev.hapax.schedule.Sampler;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Draws image embeddings for prompts, with classifier-free guidance, as diffusers' {@code KandinskyPriorPipeline} does.
 *
 * @param sampler UnCLIP's, for a schedule whose model predicts the clean sample
 * @param steps from noise to embedding
 * @param guidance how far to go from the negative prompt's prediction towards the prompt's (Ho and Salimans 2022); 1 is
 *     no guidance
 */
public record PriorSampler(PriorTransformer prior, Sampler sampler, int steps, double guidance) {
    /** Checks the number of steps. */
    public PriorSampler {
        if (steps < 1) {
            throw new IllegalArgumentException("a prior needs at least 1 step, got " + steps);
        }
    }

    /**
     * Image embeddings of prompts.
     *
     * @param prompt b prompts
     * @param negative b negative prompts; not read without guidance
     * @param start standard normal noise, (b, embedding width)
     * @param noise makes standard normal noise of that shape for each step that needs it
     * @return embeddings on CLIP's own scale, (b, out width)
     */
    public Tensor sample(TextCondition prompt, TextCondition negative, Tensor start, Supplier<Tensor> noise) {
        TextCondition condition = isGuided() ? negative.and(prompt) : prompt;
        return sample(start, noise, (input, time) -> prior.predict(input, time, condition));
    }

    /**
     * The same for prompts that are remembered; equal up to rounding, and many times cheaper where prompts are short.
     *
     * @param prompt b prompts
     * @param negative b negative prompts, or one for all; not read without guidance
     */
    public Tensor sample(PriorPrefix prompt, PriorPrefix negative, Tensor start, Supplier<Tensor> noise) {
        PriorPrefix condition = isGuided() ? negative.expand(prompt.rows()).and(prompt) : prompt;
        return sample(start, noise, (input, time) -> prior.predict(input, time, condition));
    }

    private boolean isGuided() {
        return guidance > 1;
    }

    private Tensor sample(Tensor start, Supplier<Tensor> noise, BinaryOperator<Tensor> prediction) {
        try (Trajectory run = sampler.start(steps)) {
            Tensor x = start.times(run.initNoiseSigma());
            for (int call = 0; call < run.calls(); call++) {
                Tensor before = x;
                int now = call;
                x = Scope.run(() -> {
                    Tensor input = run.scaleModelInput(before, now); // (b, width)
                    Tensor time = Tensor.scalar(run.timestep(now)).to(input.device());
                    Tensor predicted = isGuided()
                            ? guide(prediction.apply(Tensor.cat(List.of(input, input), 0), time))
                            : prediction.apply(input, time); // (b, width)
                    return run.step(predicted, now, before, noise).sample();
                });
            }
            return prior.toImageEmbedding(x);
        }
    }

    /** Predictions for the negative prompts, then for the prompts, (2b, width) to (b, width). */
    private Tensor guide(Tensor predictions) {
        List<Tensor> halves = predictions.chunk(2, 0); // 2 x (b, width)
        return halves.get(0).plus(halves.get(1).minus(halves.get(0)).times(guidance));
    }
}
