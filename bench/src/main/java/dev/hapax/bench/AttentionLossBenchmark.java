package dev.hapax.bench;

import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Learning;
import dev.hapax.run.MethodName;
import dev.hapax.run.Regularisation;
import dev.hapax.run.RunFolder;
import dev.hapax.run.WeightSettings;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * What DisenDiff's attention losses cost: the time of a training step with both of them over that of the same step
 * without. Two runs take turns, step by step; medians are printed.
 *
 * <p>Usage: {@code AttentionLossBenchmark MODEL [steps] [batch]}.
 */
public final class AttentionLossBenchmark {
    private static final int WARM_UP = 5; // steps
    private static final long SCENE = 70_000_000;

    private AttentionLossBenchmark() {}

    /** One of the runs that take turns. */
    private static final class Runner {
        private final Semaphore turn = new Semaphore(0);
        private final List<Double> seconds = new ArrayList<>();
        private long start;

        void await() {
            turn.acquireUninterruptibly();
            start = System.nanoTime();
        }

        /** A step is done: the other one's turn. */
        void pass(Runner other) {
            seconds.add((System.nanoTime() - start) / 1e9);
            other.turn.release();
        }

        double median() {
            double[] sorted = seconds.stream()
                    .skip(WARM_UP)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return sorted[sorted.length / 2];
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        int batch = args.length > 2 ? Integer.parseInt(args[2]) : 8;
        Path folder = Files.createTempDirectory("hapax-bench");
        Runner with = new Runner();
        Runner without = new Runner();
        try (StableDiffusion model = StableDiffusion.open(Path.of(args[0]), DType.FLOAT32, Device.CPU)) {
            PairScene scene = PairScene.of(SCENE, model.nativeSize().width());
            Path picture = Files.write(folder.resolve("pair.png"), PngImages.toBytes(scene.picture()));
            Thread first =
                    run(model, folder.resolve("with"), request(picture, scene, steps, batch, true), with, without);
            Thread second =
                    run(model, folder.resolve("without"), request(picture, scene, steps, batch, false), without, with);
            with.turn.release();
            first.join();
            second.join();
        }
        System.out.printf(
                Locale.ROOT,
                "with both losses %.4f s, without %.4f s: %.3f (medians of %d steps, batch %d)%n",
                with.median(),
                without.median(),
                with.median() / without.median(),
                steps - WARM_UP,
                batch);
    }

    private static Thread run(StableDiffusion model, Path out, LearnRequest request, Runner own, Runner other) {
        Thread thread = new Thread(() -> {
            own.await(); // what comes before the first step is part of it, and of the warming up
            new Learning(model, request, new RunFolder(out), InstantSource.system())
                    .run(new Learning.Options(Integer.MAX_VALUE, 0, false), (metric, steps) -> {
                        own.pass(other);
                        if (metric.step() < steps) {
                            own.await();
                        }
                    });
        });
        thread.start();
        return thread;
    }

    private static LearnRequest request(Path picture, PairScene scene, int steps, int batch, boolean losses) {
        DisenDiffSettings shipped = DisenDiffSettings.SHIPPED;
        double rate = MethodName.DISENDIFF.usual().rate();
        return new LearnRequest(
                List.of(picture),
                MethodName.DISENDIFF,
                McplSettings.PLAIN,
                scene.modifiedNouns(),
                PairScene.TEMPLATES,
                scene.words(),
                new LearnRequest.Pace(steps, rate, batch, 7, 0),
                OptionalInt.empty(),
                new WeightSettings(
                        OptionalInt.empty(),
                        false,
                        rate,
                        1,
                        Regularisation.NONE,
                        false,
                        losses ? shipped : shipped.withWeights(0, 0),
                        Map.of("<a>", scene.noun("<a>"), "<b>", scene.noun("<b>")),
                        Map.of(),
                        OptionalInt.empty()));
    }
}
