package dev.hapax.prior;

import dev.hapax.schedule.Sampler;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
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
        boolean guided = guidance > 1;
        TextCondition condition = guided ? negative.and(prompt) : prompt;
        try (Trajectory run = sampler.start(steps)) {
            Tensor x = start.times(run.initNoiseSigma());
            for (int call = 0; call < run.calls(); call++) {
                Tensor before = x;
                int now = call;
                x = Scope.run(() -> {
                    Tensor input = run.scaleModelInput(before, now); // (b, width)
                    Tensor time = Tensor.scalar(run.timestep(now)).to(input.device());
                    Tensor predicted = guided
                            ? guide(prior.predict(Tensor.cat(List.of(input, input), 0), time, condition))
                            : prior.predict(input, time, condition); // (b, width)
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
