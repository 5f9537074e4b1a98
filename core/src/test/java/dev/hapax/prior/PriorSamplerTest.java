package dev.hapax.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.schedule.BetaSchedule;
import dev.hapax.schedule.Clipping;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.schedule.PredictionType;
import dev.hapax.schedule.UnClip;
import dev.hapax.schedule.VarianceType;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PriorSamplerTest {
    private static final Rng RNG = new Rng(9);

    @Test
    void oneStepIsTheGuidedPrediction() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior();
            TextCondition prompt = text(1);
            TextCondition negative = text(2);
            Tensor start = noise(3, 1, 6);
            Tensor time = Tensor.scalar(0); // the only one of a single evenly spaced step
            Tensor wanted = prior.predict(start, time, prompt);
            Tensor unwanted = prior.predict(start, time, negative);
            Tensor expected = prior.toImageEmbedding(unwanted.times(-2).plus(wanted.times(3)));
            Tensor actual = sampler(prior, 1, 3).sample(prompt, negative, start, PriorSamplerTest::noNoise);
            assertEquals(0, distance(expected, actual), 1e-5);
        }
    }

    @Test
    void withoutGuidanceTheNegativePromptIsNotRead() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior();
            Tensor start = noise(3, 1, 6);
            PriorSampler plain = sampler(prior, 4, 1);
            Tensor one = plain.sample(text(1), text(2), start, PriorSamplerTest::noNoise);
            assertEquals(0, distance(one, plain.sample(text(1), text(4), start, PriorSamplerTest::noNoise)), 0);
            PriorSampler guided = sampler(prior, 4, 2);
            Tensor two = guided.sample(text(1), text(2), start, PriorSamplerTest::noNoise);
            assertTrue(distance(two, guided.sample(text(1), text(4), start, PriorSamplerTest::noNoise)) > 1e-5);
        }
    }

    @Test
    void everyStepButTheLastDrawsNoise() {
        try (Scope scope = Scope.open()) {
            AtomicInteger draws = new AtomicInteger();
            Tensor embedding = sampler(prior(), 5, 2)
                    .sample(text(1), text(2), noise(3, 1, 6), () -> noise(10 + draws.incrementAndGet(), 1, 6));
            assertEquals(4, draws.get());
            Tensor still = sampler(prior(), 5, 2).sample(text(1), text(2), noise(3, 1, 6), PriorSamplerTest::noNoise);
            assertTrue(distance(embedding, still) > 1e-5);
        }
    }

    @Test
    void unlikeConditionsDoNotJoin() {
        try (Scope scope = Scope.open()) {
            TextCondition open = new TextCondition(text(2).pooled(), text(2).states(), null);
            assertThrows(IllegalArgumentException.class, () -> text(1).and(open));
        }
        assertThrows(IllegalArgumentException.class, () -> sampler(prior(), 0, 1));
    }

    private static PriorSampler sampler(PriorTransformer prior, int steps, double guidance) {
        NoiseSchedule schedule = NoiseSchedule.of(BetaSchedule.SQUAREDCOS_CAP_V2, 100, 0, 0, PredictionType.SAMPLE);
        return new PriorSampler(
                prior, new UnClip(schedule, Clipping.NONE, VarianceType.FIXED_SMALL_LOG), steps, guidance);
    }

    private static PriorTransformer prior() {
        Map<String, Object> config = Map.of(
                "num_attention_heads", 2,
                "attention_head_dim", 3,
                "num_layers", 1,
                "embedding_dim", 6,
                "num_embeddings", 4);
        return PriorTransformer.of(Config.of(config), Weights.of(new Initializer(5)));
    }

    private static TextCondition text(int seed) {
        return new TextCondition(
                noise(100 + seed, 1, 6), noise(200 + seed, 1, 4, 6), Tensor.of(new float[] {1, 1, 1, 0}, 1, 4));
    }

    private static Tensor noNoise() {
        return Tensor.zeros(DType.FLOAT32, 1, 6);
    }

    private static Tensor noise(int sample, long... shape) {
        return RNG.normal(Purpose.PRIOR, 0, sample, shape);
    }

    private static double distance(Tensor a, Tensor b) {
        return Arrays.stream(a.minus(b).abs().toDoubles()).max().orElseThrow();
    }
}
