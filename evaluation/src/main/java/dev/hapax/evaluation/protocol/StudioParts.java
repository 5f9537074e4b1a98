package dev.hapax.evaluation.protocol;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.measure.Judges;
import dev.hapax.layout.LayoutPredictor;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The folders that a studio is made of.
 *
 * @param model learns and draws
 * @param judge a CLIP that judges; empty for the one in the model's folder
 * @param dino a DINO or DINOv2 that judges; empty for none
 * @param reader Picturebook's attribute reader; empty for the model's folder {@code reader}, if there is one
 * @param detector a DETR that judges presence; empty for the model's folder {@code detector}, if there is one
 * @param prior a prior with its towers, which words are invented with; empty for the model's folder, if it has one
 */
public record StudioParts(
        Path model,
        Optional<Path> judge,
        Optional<Path> dino,
        Optional<Path> reader,
        Optional<Path> detector,
        Optional<Path> prior) {
    private static final String IMAGES = "image_encoder";
    private static final String READER = "reader";
    private static final String DETECTOR = "detector";
    private static final String PRIOR = "prior";

    /**
     * Opens the model, in fp32 on the CPU, the judges, and its layout predictor and a prior, if there are any.
     *
     * @param stop asked while something takes long
     * @throws IllegalArgumentException if there is no CLIP to judge with
     * @throws dev.hapax.checkpoint.CheckpointException if one cannot be read
     */
    public Studio open(BooleanSupplier stop) {
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            StableDiffusion opened = StableDiffusion.open(model, DType.FLOAT32, Device.CPU);
            closing.push(opened::close);
            Judges judges = Judges.open(
                    judge.orElseGet(this::own), dino, reader.or(() -> own(READER)), detector.or(() -> own(DETECTOR)));
            closing.push(judges::close);
            Optional<LayoutPredictor> predictor = openPredictor();
            predictor.ifPresent(own -> closing.push(own::close));
            return new Studio(opened, judges, predictor, openPrior(), stop);
        } catch (RuntimeException e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    private Optional<LayoutPredictor> openPredictor() {
        return LayoutPredictor.isIn(model)
                ? Optional.of(LayoutPredictor.open(model.resolve(ModelFolder.LAYOUT)))
                : Optional.empty();
    }

    private Optional<PriorModel> openPrior() {
        return prior.or(() -> own(PRIOR).map(part -> model))
                .map(folder -> PriorModel.open(folder, PriorModel.Kind.PRIOR));
    }

    private Path own() {
        try (ModelFolder parts = ModelFolder.open(model)) {
            if (!parts.has(IMAGES)) {
                throw new IllegalArgumentException("the model " + model + " has no CLIP that sees images (no part \""
                        + IMAGES + "\"); give one to judge with: --judge DIR");
            }
        }
        return model;
    }

    private Optional<Path> own(String part) {
        Path own = model.resolve(part);
        return Files.isDirectory(own) ? Optional.of(own) : Optional.empty();
    }
}
