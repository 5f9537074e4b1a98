package dev.hapax.golden;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Forward;
import dev.hapax.learning.Learned;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.TunableModel;
import dev.hapax.learning.Tuning;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.learning.loss.PriorPreservation;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code unet-train}: three steps in which weights of the U-Net move, through the trainer itself: all of them with prior
 * preservation, and keys and values alone. In fp32, where a tensor may be off by ten times what the reference's own fp32
 * run is off (its README's rule).
 */
final class UNetTrainGolden implements GoldenCheck {
    private static final String FOLDER = "unet-train";

    @Override
    public boolean covers(Path root, Path file) {
        return file.toAbsolutePath().getParent().getParent().endsWith(FOLDER);
    }

    @Override
    public void check(Path file, GoldenReport report) {
        Path model = file.toAbsolutePath().getParent().getParent().resolveSibling("sd-tiny");
        boolean whole = file.endsWith("dreambooth.safetensors");
        Float32Error error = Float32Error.of(file);
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(model)) {
            ModelPart unet = new ModelPart(
                    folder.config("unet"), folder.weights("unet", DType.FLOAT32).source());
            GivenDraws forward = new GivenDraws(
                    golden, new TunableModel(unet, unet), NoiseSchedule.of(folder.config("scheduler")), whole);
            Tuning tuning =
                    whole ? Tuning.UNET : new Tuning(Tuning.UNetPart.CROSS_KEYS_VALUES, false, OptionalInt.empty(), 0);
            List<LossTerm<DenoisingPass>> losses = new ArrayList<>(List.of(new Denoising()));
            if (whole) {
                losses.add(new PriorPreservation());
            }
            Method<DenoisingPass> method =
                    new Method<>(FOLDER, "", List.of(), PromptPlan.fixed("given"), losses, tuning);
            Trainer.Settings settings = new Trainer.Settings(3, 5e-4, 5e-4, 1, AdamW.Settings.DEFAULT);
            long[] shape = golden.shape("timesteps");
            report.exact("steps", new long[] {shape[0]}, new long[] {settings.steps()});
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, settings)) {
                trainer.run(done -> {
                    String s = "." + done.step();
                    compare(report, error, golden, "loss" + s, scalar(done.total()));
                    compare(report, error, golden, "loss_instance" + s, scalar(loss(done.losses(), "denoising")));
                    if (whole) {
                        compare(
                                report,
                                error,
                                golden,
                                "loss_prior" + s,
                                scalar(loss(done.losses(), "prior preservation")));
                        double squares = 0;
                        for (Tensor weight : trainer.weights().values()) {
                            squares += weight.detach()
                                    .to(DType.FLOAT64)
                                    .square()
                                    .sum()
                                    .item();
                        }
                        compare(report, error, golden, "params_sumsq" + s, scalar(squares));
                    }
                    String prefix = "w" + s + ".";
                    for (String name : golden.names()) {
                        if (name.startsWith(prefix)) {
                            Tensor ours = trainer.weights().get("unet." + name.substring(prefix.length()));
                            compare(report, error, golden, name, ours.detach());
                        }
                    }
                });
                if (!whole) {
                    String trained = golden.metadata().get("trained");
                    List<String> names = new ArrayList<>(trainer.weights().keySet());
                    names.replaceAll(name -> "\"" + name.substring("unet.".length()) + "\"");
                    Collections.sort(names);
                    List<String> expected = new ArrayList<>(
                            List.of(trained.substring(1, trained.length() - 1).split(", ")));
                    Collections.sort(expected);
                    report.exact(
                            "trained " + names,
                            new long[] {names.equals(expected) ? 1 : 0, names.size()},
                            new long[] {1, expected.size()});
                }
            }
        }
    }

    private static double loss(Map<String, Double> losses, String name) {
        Double value = losses.get(name);
        return value == null ? Double.NaN : value;
    }

    private static Tensor scalar(double value) {
        return Tensor.of(new double[] {value});
    }

    private static void compare(
            GoldenReport report, Float32Error error, SafetensorsFile golden, String name, Tensor ours) {
        report.compare(name, ours, golden.tensor(name), error.limit(name, 10));
    }

    /** A forward pass whose random draws and texts are the reference's. */
    private record GivenDraws(SafetensorsFile golden, TunableModel model, NoiseSchedule schedule, boolean prior)
            implements Forward<DenoisingPass> {
        @Override
        public Tensor initial(Word word) {
            throw new IllegalStateException("no word is learned");
        }

        @Override
        public Map<String, Tensor> initialWeights(Method<DenoisingPass> method) {
            return model.initial(method.tuning(), new Rng(0));
        }

        @Override
        public void check(Method<DenoisingPass> method) {} // the texts are given

        @Override
        public DenoisingPass pass(Method<DenoisingPass> method, Learned learned, long step) {
            int n = prior ? 2 : 1;
            long[] all = golden.tensor("timesteps").select(0, step).toLongs();
            long[] t = prior ? all : new long[] {all[0]};
            Tensor noise = golden.tensor("noise").select(0, step).narrow(0, 0, n);
            Tensor latents = golden.tensor("z0").narrow(0, 0, n);
            Tensor text = golden.tensor("context").narrow(0, 0, n);
            Tensor prediction = model.unet(learned.weights())
                    .predict(schedule.addNoise(latents, noise, t), Tensor.of(t, n), TextContext.of(text));
            return new DenoisingPass(
                    step,
                    Collections.nCopies(n, 0),
                    Collections.nCopies(n, false),
                    java.util.Arrays.stream(t).boxed().toList(),
                    schedule.target(latents, noise, t),
                    prediction,
                    Collections.nCopies(n, new TokenIds("", new long[0], 0, List.of(), 0, 0)),
                    Lexicon.empty(),
                    text,
                    Optional.empty(),
                    n - 1,
                    Optional.empty());
        }
    }
}
