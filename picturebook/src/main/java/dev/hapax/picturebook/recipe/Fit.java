package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.run.StopOnExit;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/**
 * Trains one model from a {@link Plan} and a loss: data-parallel over threads, mixed precision, resumable at any point.
 *
 * <p>Two threads with half a batch each, every operation single-threaded, are about twice as fast here as one thread
 * whose operations use two: small operations do not split well.
 *
 * @param <M> the model
 */
final class Fit<M> {

    /** The mean loss of one worker's share of one step's batch. */
    interface Loss<M> {
        /**
         * @param step the optimiser step, from which all randomness of the batch follows
         * @param first index in the batch of the share's first sample
         * @param count samples in the share
         */
        Tensor of(M model, long step, int first, int count);
    }

    private static final long SAVE_EVERY_NANOS = 120_000_000_000L;

    private final Plan plan;
    private final Path stateFile;
    private final Parameters<M> parameters;
    private final AdamW optimiser;

    Fit(Plan plan, Weights.Source initial, Function<Weights, M> build, Path stateFolder) {
        this.plan = plan;
        this.stateFile = stateFolder.resolve(plan.name() + ".state.safetensors");
        parameters = new Parameters<>(initial, build, plan.compute());
        optimiser = new AdamW(parameters.masters(), plan.adam());
        resume();
    }

    private void resume() {
        if (!Files.exists(stateFile)) {
            return;
        }
        try (SafetensorsFile file = SafetensorsFile.open(stateFile)) {
            parameters.restore(file::tensor);
            Map<String, Tensor> moments = new HashMap<>();
            optimiser.state().keySet().forEach(name -> moments.put(name, file.tensor("adam." + name)));
            optimiser.restore(moments, Long.parseLong(file.metadata().get("steps")));
        }
    }

    private void save() throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>(parameters.state());
        optimiser.state().forEach((name, tensor) -> state.put("adam." + name, tensor));
        SafetensorsWriter.write(stateFile, state, Map.of("steps", Long.toString(optimiser.steps())));
    }

    /**
     * Trains from where it stands to the plan's end; the journal hears the mean loss of every 50 steps. When the process
     * is told to stop (Ctrl-C, SIGTERM), the step under way is finished and the state saved.
     *
     * @throws IllegalStateException if the process was told to stop
     */
    void run(Loss<M> loss, Journal journal) throws IOException {
        try (StopOnExit stop =
                new StopOnExit(() -> System.err.println("the step under way takes too long; stopping without it"))) {
            run(loss, journal, stop);
        }
    }

    void run(Loss<M> loss, Journal journal, StopOnExit stop) throws IOException {
        Engine.setThreads(1); // OpenMP threads beside the workers would wait for each other
        ExecutorService threads = Executors.newFixedThreadPool(plan.workers());
        long saved = System.nanoTime();
        try {
            while (optimiser.steps() < plan.steps()) {
                if (stop.getAsBoolean()) {
                    save();
                    throw new IllegalStateException("stage " + plan.name() + " stopped at step " + optimiser.steps()
                            + " of " + plan.steps() + "; the same command goes on");
                }
                long step = optimiser.steps();
                double value = step(loss, step, threads);
                journal.step(plan, step, value);
                if (System.nanoTime() - saved > SAVE_EVERY_NANOS) {
                    save();
                    saved = System.nanoTime();
                }
            }
        } finally {
            threads.shutdown();
        }
        save();
    }

    /** The trained model's averaged parameters, fp32. */
    Map<String, Tensor> result() {
        return parameters.averaged();
    }

    private record Share(double loss, List<Tensor> gradients) {}

    private double step(Loss<M> loss, long step, ExecutorService threads) {
        int share = plan.batch() / plan.workers();
        List<Share> shares = each(threads, worker -> share(loss, step, worker * share, share));
        double value = shares.stream().mapToDouble(Share::loss).average().orElseThrow();
        int count = parameters.leaves().size();
        Tensor[] sums = new Tensor[count];
        double[] squares = new double[count]; // added up in order, so that the number of workers changes no bit
        each(threads, worker -> {
            for (int i = worker; i < count; i += plan.workers()) {
                sums[i] = mean(shares, i);
                squares[i] = square(sums[i]);
            }
            return worker;
        });
        double norm = Math.sqrt(DoubleStream.of(squares).sum());
        if (!Double.isFinite(norm)) {
            throw new IllegalStateException("stage " + plan.name() + " diverged at step " + step
                    + ": the gradient is not finite; resume from the last state with a lower learning rate");
        }
        double scale = Math.min(1, plan.clipNorm() / (norm + 1e-6));
        AdamW.Step move = optimiser.begin(plan.rate(step));
        each(threads, worker -> {
            for (int i = worker; i < count; i += plan.workers()) {
                move.move(i, sums[i].timesInPlace(scale));
                parameters.publish(i, plan.averageDecay(step));
                sums[i].close();
            }
            return worker;
        });
        return value;
    }

    /** The mean of the shares' gradients of one parameter, fp32; the shares' own are freed. */
    private Tensor mean(List<Share> shares, int parameter) {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Tensor sum =
                    shares.get(0).gradients.get(parameter).to(DType.FLOAT32).times(1.0 / shares.size());
            for (Share other : shares.subList(1, shares.size())) {
                sum.addInPlace(other.gradients.get(parameter), 1.0 / shares.size());
            }
            shares.forEach(done -> done.gradients.get(parameter).close());
            return sum.keep();
        }
    }

    private static double square(Tensor tensor) {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            return tensor.square().sum().item();
        }
    }

    /** One task per worker, side by side. */
    private <T> List<T> each(ExecutorService threads, IntFunction<T> task) {
        List<Future<T>> running = new ArrayList<>();
        for (int worker = 0; worker < plan.workers(); worker++) {
            int number = worker;
            running.add(threads.submit(() -> {
                Engine.setThreads(1);
                return task.apply(number);
            }));
        }
        return running.stream().map(Fit::join).toList();
    }

    private Share share(Loss<M> loss, long step, int first, int count) {
        try (Scope scope = Scope.open()) {
            Tensor value = loss.of(parameters.model(), step, first, count);
            List<Tensor> gradients = Gradients.of(value, parameters.leaves());
            gradients.forEach(scope::release);
            return new Share(value.item(), gradients);
        }
    }

    static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; run again to go on", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
