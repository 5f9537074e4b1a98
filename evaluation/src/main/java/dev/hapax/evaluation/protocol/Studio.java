package dev.hapax.evaluation.protocol;

import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.TextContext;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.grid.Contexts;
import dev.hapax.evaluation.measure.Judges;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.AddedConditions;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What the workers of a comparison share: a model and judges, which nobody changes.
 *
 * @param model learns and draws
 * @param judges look at what it draws
 * @param predictor says where two things stand, if the model has one
 * @param prior what words are invented with, if there is one
 * @param stop asked while something takes long
 */
public record Studio(
        StableDiffusion model,
        Judges judges,
        Optional<LayoutPredictor> predictor,
        Optional<PriorModel> prior,
        BooleanSupplier stop)
        implements AutoCloseable {
    private static final int CALLS = 8;

    /**
     * A worker's place in the studio.
     *
     * @param leaving what is done when the worker is done
     */
    public record Place(Studio studio, Runnable leaving) implements AutoCloseable {
        @Override
        public void close() {
            leaving.run();
        }
    }

    /** Seconds that a worker's call of the U-Net with one image takes: the least of eight, for the first ones warm up. */
    public double secondsOfCall() {
        return Engine.withThreads(model.threads(), this::secondsOfFastestCall);
    }

    private double secondsOfFastestCall() {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            try (Gradients.Region frozen = Gradients.off();
                    Scope scope = Scope.open()) {
                TextContext text = model.text()
                        .encode("a picture", List.of(), model.nativeSize())
                        .text();
                int reduction = model.vae().reduction();
                Tensor latents = Tensor.zeros(
                                DType.FLOAT32,
                                1,
                                model.unet().inChannels(),
                                model.nativeSize().height() / reduction,
                                model.nativeSize().width() / reduction)
                        .to(model.dtype());
                model.unet()
                        .predict(latents, Tensor.of(new long[] {0}, 1), text, AddedConditions.NONE, AttentionProbe.NONE)
                        .sum()
                        .item();
            }
            least = Math.min(least, (System.nanoTime() - start) * 1e-9);
        }
        return least;
    }

    /**
     * The places of workers. With a small model each computes on one thread, so that figures do not depend on how many
     * workers there are; with a large one each takes the threads that the engine has.
     */
    public Contexts<Place> places() {
        return worker -> {
            Engine.setThreads(model.threads()); // of the worker's thread
            return new Place(this, () -> {}); // the others go on
        };
    }

    /** The place of a single worker, who closes the studio when done. */
    public Contexts<Place> place() {
        return worker -> {
            Engine.setThreads(model.threads());
            return new Place(this, this::close);
        };
    }

    /** Frees the model, the judges, the predictor and the prior. */
    @Override
    public void close() {
        prior.ifPresent(PriorModel::close);
        predictor.ifPresent(LayoutPredictor::close);
        judges.close();
        model.close();
    }
}
