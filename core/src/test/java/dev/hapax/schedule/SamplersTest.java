package dev.hapax.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplersTest {
    private static final Rng RNG = new Rng(5);

    static List<String> names() {
        return Samplers.names();
    }

    /** Distributions with one point have a perfect model: it always knows the noise. */
    @ParameterizedTest
    @MethodSource("names")
    void aPerfectModelIsSampledExactly(String name) {
        for (PredictionType prediction : PredictionType.values()) {
            if (name.equals("pndm") && prediction != PredictionType.EPSILON) {
                continue; // it extrapolates outputs, and a perfect model's velocities are not on a line
            }
            for (int steps : new int[] {2, 7, 20}) {
                for (boolean pureNoise : new boolean[] {false, true}) {
                    if (pureNoise && prediction == PredictionType.EPSILON) {
                        continue; // noise alone says nothing about the sample
                    }
                    NoiseSchedule schedule = schedule(prediction);
                    perfect(Samplers.named(name, pureNoise ? schedule.withZeroTerminalSnr() : schedule), name, steps);
                }
            }
        }
    }

    private static void perfect(Sampler sampler, String name, int steps) {
        try (Scope scope = Scope.open();
                Trajectory run = sampler.start(steps)) {
            Tensor truth = normal(0);
            Tensor x = run.noisy(truth, normal(1), 0);
            Supplier<Tensor> noise = noise();
            for (int call = 0; call < run.calls(); call++) {
                Step step = run.step(perfectOutput(sampler.schedule(), run, truth, x, call), call, x, noise);
                assertArrayEquals(truth.toDoubles(), step.clean().toDoubles(), 1e-6, name + " clean, call " + call);
                x = step.sample();
            }
            // the least noise of the schedule may remain
            double left = x.minus(truth).abs().reshape(-1).max(false, 0).item();
            double allowed = 4 * Math.sqrt(1 - sampler.schedule().alphaCumprod(1));
            assertTrue(left < allowed, name + " " + sampler.schedule().prediction() + " is " + left + " off");
        }
    }

    private static Tensor perfectOutput(NoiseSchedule schedule, Trajectory run, Tensor truth, Tensor x, int call) {
        // the weights of a noised sample, seen through the model's input: they need not be those of a whole timestep
        double alpha =
                run.scaleModelInput(run.noisy(ones(1), ones(0), call), call).toDoubles()[0];
        double sigma =
                run.scaleModelInput(run.noisy(ones(0), ones(1), call), call).toDoubles()[0];
        Tensor noise = run.scaleModelInput(x, call).minus(truth.times(alpha)).over(sigma);
        return switch (schedule.prediction()) {
            case EPSILON -> noise;
            case V_PREDICTION -> noise.times(alpha).minus(truth.times(sigma));
            case SAMPLE -> truth;
        };
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatARunRemembersOutlivesScopesAndKeepsItsGraph(String name) {
        try (Scope scope = Scope.open();
                Trajectory run =
                        Samplers.named(name, schedule(PredictionType.EPSILON)).start(6)) {
            Tensor weight = Tensor.of(new double[] {0.4}, 1).requiresGrad(true);
            Supplier<Tensor> noise = noise();
            Tensor x = normal(1);
            for (int call = 0; call < run.calls(); call++) {
                try (Scope inner = Scope.open()) {
                    Tensor output = run.scaleModelInput(x, call).times(weight);
                    x = inner.release(run.step(output, call, x, noise).sample());
                    normal(2); // uses memory that was freed
                }
            }
            Tensor gradient = Gradients.of(x.sum(), List.of(weight)).get(0);
            double h = 1e-5;
            double difference = (total(name, 0.4 + h) - total(name, 0.4 - h)) / (2 * h);
            assertEquals(difference, gradient.item(), 1e-5 * Math.max(1, Math.abs(difference)));
            assertEquals(x.sum().item(), total(name, 0.4), 1e-9);
        }
    }

    private static double total(String name, double weight) {
        try (Scope scope = Scope.open();
                Trajectory run =
                        Samplers.named(name, schedule(PredictionType.EPSILON)).start(6)) {
            Supplier<Tensor> noise = noise();
            Tensor x = normal(1);
            for (int call = 0; call < run.calls(); call++) {
                x = run.step(run.scaleModelInput(x, call).times(weight), call, x, noise)
                        .sample();
            }
            return x.sum().item();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void samplesKeepTheirType(String name) {
        try (Scope scope = Scope.open();
                Trajectory run =
                        Samplers.named(name, schedule(PredictionType.EPSILON)).start(4)) {
            Tensor x = normal(1).to(DType.BFLOAT16);
            Supplier<Tensor> noise = noise();
            for (int call = 0; call < run.calls(); call++) {
                Tensor output = run.scaleModelInput(x, call).times(0.5);
                x = run.step(output, call, x, () -> noise.get().to(DType.BFLOAT16))
                        .sample();
                assertEquals(DType.BFLOAT16, x.dtype());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRunMayBeginLater(String name) {
        try (Scope scope = Scope.open();
                Trajectory run =
                        Samplers.named(name, schedule(PredictionType.EPSILON)).start(8)) {
            Tensor truth = normal(0);
            int first = run.firstCallOf(5);
            Tensor x = run.noisy(truth, normal(1), first);
            Supplier<Tensor> noise = noise();
            NoiseSchedule schedule = schedule(PredictionType.EPSILON);
            for (int call = first; call < run.calls(); call++) {
                x = run.step(perfectOutput(schedule, run, truth, x, call), call, x, noise)
                        .sample();
            }
            assertTrue(x.minus(truth).abs().reshape(-1).max(false, 0).item() < 0.2);
        }
    }

    @Test
    void callsFollowOneAnother() {
        try (Scope scope = Scope.open();
                Trajectory run = Samplers.named("dpm++2m", schedule(PredictionType.EPSILON))
                        .start(5)) {
            Tensor x = normal(0);
            run.step(x, 0, x, noise());
            var e = assertThrows(IllegalArgumentException.class, () -> run.step(x, 2, x, noise()));
            assertMessage(e, "call 2 cannot follow call 0");
        }
    }

    @Test
    void unknownNamesAreErrorsThatNameTheKnownOnes() {
        var name = assertThrows(
                IllegalArgumentException.class, () -> Samplers.named("dimm", schedule(PredictionType.EPSILON)));
        assertMessage(name, "ddim");
        var type = assertThrows(
                CheckpointException.class, () -> Samplers.of(Config.of(Map.of("_class_name", "DEISScheduler"))));
        assertMessage(type, "DDIMScheduler");
    }

    @Test
    void whatIsNotSupportedIsRefused() {
        for (String key : List.of("use_beta_sigmas", "use_flow_sigmas", "use_dynamic_shifting", "use_lu_lambdas")) {
            Config config = Config.of(Map.of("_class_name", "DPMSolverMultistepScheduler", key, true));
            var e = assertThrows(CheckpointException.class, () -> Samplers.of(config));
            assertMessage(e, key);
        }
    }

    @Test
    void keysOfOtherSamplersAreIgnored() {
        Config config = Config.of(Map.of(
                "_class_name", "PNDMScheduler", "clip_sample", false, "skip_prk_steps", true, "solver_order", 2));
        assertEquals(11, Samplers.of(config).start(10).calls());
    }

    @Test
    void ddimGoesBackToWhereItsInverseWentTo() {
        try (Scope scope = Scope.open()) {
            NoiseSchedule schedule = schedule(PredictionType.EPSILON);
            Sampler inverse = new DdimInverse(schedule, TimestepSpacing.LEADING, 1, Clipping.NONE, false);
            Sampler forward = Samplers.named("ddim", schedule);
            Tensor output = normal(3);
            Tensor start = normal(0);
            Tensor x = start;
            Trajectory up = inverse.start(20);
            for (int call = 0; call < up.calls(); call++) {
                x = up.step(output, call, x, noise()).sample();
            }
            Trajectory down = forward.start(20);
            for (int call = 0; call < down.calls(); call++) {
                x = down.step(output, call, x, noise()).sample();
            }
            assertArrayEquals(start.toDoubles(), x.toDoubles(), 1e-9);
        }
    }

    @Test
    void rungeKuttaNeedsFourSteps() {
        Pndm pndm = new Pndm(schedule(PredictionType.EPSILON), TimestepSpacing.LEADING, 0, false, false);
        assertThrows(IllegalArgumentException.class, () -> pndm.start(3));
        assertEquals(13, pndm.start(4).calls());
    }

    /** Song et al. 2021, section 4.1; only their last steps end elsewhere. */
    @Test
    void ddimWithEtaOneIsDdpm() {
        NoiseSchedule schedule = schedule(PredictionType.EPSILON);
        try (Scope scope = Scope.open();
                Trajectory ddpm = Samplers.named("ddpm", schedule).start(10);
                Trajectory ddim =
                        ((Ddim) Samplers.named("ddim", schedule)).withEta(1).start(10)) {
            for (int call = 0; call < 9; call++) {
                assertEquals(ddpm.timestep(call), ddim.timestep(call));
                double[] theirs = ddpm.step(normal(call), call, normal(50 + call), noise())
                        .sample()
                        .toDoubles();
                double[] own = ddim.step(normal(call), call, normal(50 + call), noise())
                        .sample()
                        .toDoubles();
                assertArrayEquals(theirs, own, 1e-6, "call " + call);
            }
        }
    }

    private static NoiseSchedule schedule(PredictionType prediction) {
        return NoiseSchedule.of(BetaSchedule.SCALED_LINEAR, 1000, 0.00085, 0.012, prediction);
    }

    private static Tensor ones(double value) {
        return Tensor.of(new double[] {value, value}, 1, 2, 1, 1);
    }

    private static Tensor normal(long sample) {
        return RNG.normal(Purpose.EVALUATION, 0, sample, 1, 2, 3, 3).to(DType.FLOAT64);
    }

    private static Supplier<Tensor> noise() {
        AtomicLong draws = new AtomicLong(100);
        return () -> normal(draws.getAndIncrement());
    }

    private static void assertMessage(Exception e, String part) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(part), message);
    }
}
