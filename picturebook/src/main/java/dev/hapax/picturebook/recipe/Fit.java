package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
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

    /** Trains from where it stands to the plan's end; the journal hears the mean loss of every 50 steps. */
    void run(Loss<M> loss, Journal journal) throws IOException {
        Engine.setThreads(1); // OpenMP threads beside the workers would wait for each other
        ExecutorService threads = Executors.newFixedThreadPool(plan.workers());
        long saved = System.nanoTime();
        try {
            while (optimiser.steps() < plan.steps()) {
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
        List<Future<Share>> running = new ArrayList<>();
        for (int worker = 0; worker < plan.workers(); worker++) {
            int first = worker * share;
            running.add(threads.submit(() -> share(loss, step, first, share)));
        }
        double value = 0;
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            List<Tensor> sum = new ArrayList<>();
            for (Future<Share> future : running) {
                Share done = join(future);
                value += done.loss / plan.workers();
                for (int i = 0; i < done.gradients.size(); i++) {
                    Tensor gradient = done.gradients.get(i);
                    if (sum.size() <= i) {
                        sum.add(gradient.to(DType.FLOAT32).times(1.0 / plan.workers()));
                    } else {
                        sum.get(i).addInPlace(gradient, 1.0 / plan.workers());
                    }
                    gradient.close();
                }
            }
            double norm = Math.sqrt(
                    sum.stream().mapToDouble(g -> g.square().sum().item()).sum());
            if (!Double.isFinite(norm)) {
                throw new IllegalStateException("stage " + plan.name() + " diverged at step " + step
                        + ": the gradient is not finite; resume from the last state with a lower learning rate");
            }
            double scale = Math.min(1, plan.clipNorm() / (norm + 1e-6));
            sum.forEach(gradient -> gradient.timesInPlace(scale));
            optimiser.step(sum, plan.rate(step));
        }
        parameters.publish(plan.averageDecay(step));
        return value;
    }

    private Share share(Loss<M> loss, long step, int first, int count) {
        Engine.setThreads(1);
        try (Scope scope = Scope.open()) {
            Tensor value = loss.of(parameters.model(), step, first, count);
            List<Tensor> gradients = Gradients.of(value, parameters.leaves());
            gradients.forEach(scope::release);
            return new Share(value.item(), gradients);
        }
    }

    private static <T> T join(Future<T> future) {
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
