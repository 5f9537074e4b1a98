package dev.hapax.bench;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.prior.PriorPrefix;
import dev.hapax.prior.PriorSampler;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A ConceptLab step through a diffusion prior, forward and backward through all five steps with guidance 4: the plain loop
 * over the whole sequence beside the one that remembers the text. Kandinsky 2.1's size with random weights, and the prior
 * of a model's folder. Sides take turns on the same weights; medians and their ratio are printed.
 *
 * <p>Usage: {@code PriorBenchmark [threads] [rounds] [layers] [MODEL] [batch]}, the batch being how many prompts a step has,
 * 1 as published; {@code -} for no model. Kandinsky's 20 layers need 4.5 GiB; fewer layers change the ratio little, as all
 * layers are alike.
 */
public final class PriorBenchmark {
    private static final Rng RNG = new Rng(1);
    private static final int STEPS = 5; // ConceptLab's, and its guidance
    private static final double GUIDANCE = 4;
    private static final int PROMPT = 15; // tokens with the two that frame them
    private static final int EMPTY = 2;
    private static final Map<String, Object> SCHEDULER =
            Map.of("_class_name", "UnCLIPScheduler", "prediction_type", "sample", "clip_sample_range", 10.0);

    private PriorBenchmark() {}

    /** Runs it. */
    public static void main(String[] args) {
        Engine.setThreads(args.length > 0 ? Integer.parseInt(args[0]) : 2);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int layers = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        String model = args.length > 3 ? args[3] : "-";
        int batch = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        PriorTransformer kandinsky =
                PriorTransformer.of(Config.of(Map.of("num_layers", layers)), Weights.of(new Repeated()));
        compare("Kandinsky 2.1's size, " + layers + " layers", kandinsky, PROMPT, batch, rounds);
        if (!model.equals("-")) {
            try (ModelFolder folder = ModelFolder.open(Path.of(model))) {
                PriorTransformer own =
                        PriorTransformer.of(folder.config("prior"), folder.weights("prior", DType.FLOAT32));
                compare(
                        "prior of " + folder.root().getFileName(),
                        own,
                        8,
                        batch,
                        rounds); // "a sketch of a <pet> on grass"
            }
        }
    }

    private static void compare(String what, PriorTransformer prior, int prompt, int batch, int rounds) {
        try (Scope scope = Scope.open()) {
            PriorSampler sampler = new PriorSampler(prior, Samplers.of(Config.of(SCHEDULER)), STEPS, GUIDANCE);
            TextCondition empty = text(prior, 5, 1, EMPTY);
            PriorPrefix kept = kept(prior, empty);
            TextCondition every = Collections.nCopies(batch, empty).stream()
                    .reduce(TextCondition::and)
                    .orElseThrow();
            double[] plain = new double[rounds];
            double[] remembered = new double[rounds];
            double apart = 0;
            for (int round = -1; round < rounds; round++) { // the first is for warming up
                float[][] results = new float[2][];
                double first = seconds(() -> results[0] = step(
                        prior,
                        batch,
                        prompt,
                        text -> sampler.sample(text, every, start(prior, batch), draws(prior, batch))));
                double second = seconds(() -> results[1] = step(
                        prior,
                        batch,
                        prompt,
                        text -> sampler.sample(prior.prefix(text), kept, start(prior, batch), draws(prior, batch))));
                apart = Math.max(apart, apart(results[0], results[1]));
                if (round >= 0) {
                    plain[round] = first;
                    remembered[round] = second;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s, batch %d: plain %.4f s, remembered %.4f s: %.2f times; gradients differ by %.1e of the largest%n",
                    what,
                    batch,
                    median(plain),
                    median(remembered),
                    median(plain) / median(remembered),
                    apart);
        }
    }

    private static PriorPrefix kept(PriorTransformer prior, TextCondition empty) {
        try (Gradients.Region off = Gradients.off()) {
            return prior.prefix(empty);
        }
    }

    /** The gradient of the text's states. */
    private static float[] step(PriorTransformer prior, int batch, int prompt, Function<TextCondition, Tensor> draw) {
        TextCondition text = text(prior, 2, batch, prompt);
        Tensor states = Objects.requireNonNull(text.states()).requiresGrad(true);
        Tensor drawn = draw.apply(text);
        return Gradients.of(drawn.square().sum(), List.of(states)).get(0).toFloats();
    }

    private static TextCondition text(PriorTransformer prior, int sample, int batch, int length) {
        int tokens = prior.tokens();
        float[] mask = new float[tokens];
        Arrays.fill(mask, 0, length, 1);
        return new TextCondition(
                noise(sample, batch, prior.embeddingWidth()),
                noise(sample + 1, batch, tokens, prior.statesWidth()),
                Tensor.of(mask, 1, tokens).expand(batch, tokens));
    }

    private static Tensor start(PriorTransformer prior, int batch) {
        return noise(9, batch, prior.embeddingWidth());
    }

    private static Supplier<Tensor> draws(PriorTransformer prior, int batch) {
        AtomicInteger draw = new AtomicInteger(10);
        return () -> noise(draw.incrementAndGet(), batch, prior.embeddingWidth());
    }

    private static Tensor noise(int sample, long... shape) {
        return RNG.normal(Purpose.EVALUATION, 0, sample, shape);
    }

    private static double apart(float[] a, float[] b) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        return difference / largest;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        try (Scope scope = Scope.open()) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Matrices that repeat a row of random numbers with a shift, because drawing a thousand million takes minutes. */
    private static final class Repeated implements Weights.Source {
        @Override
        public boolean has(String name) {
            return true;
        }

        @Override
        public Tensor get(String name, long... shape) {
            try (Scope scope = Scope.open()) {
                if (name.endsWith("bias") || name.equals("clip_mean")) {
                    return Tensor.zeros(DType.FLOAT32, shape).keep();
                }
                if (shape.length < 2 || name.equals("clip_std")) {
                    return Tensor.ones(DType.FLOAT32, shape).keep();
                }
                int n = Math.toIntExact(Shape.elements(shape));
                float[] row = RNG.normal(Purpose.INITIALISATION, 0, name.hashCode(), 99_991) // prime: no row repeats
                        .toFloats();
                float bound = (float) (1 / Math.sqrt(shape[shape.length - 1]));
                float[] values = new float[n];
                for (int i = 0; i < n; i++) {
                    values[i] = bound * row[i % row.length];
                }
                return Tensor.of(values, shape).keep();
            }
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
