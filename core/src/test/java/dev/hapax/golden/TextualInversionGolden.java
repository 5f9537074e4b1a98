package dev.hapax.golden;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Forward;
import dev.hapax.learning.Learned;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code ti_train.safetensors}: five steps of textual inversion of two words, through the trainer itself; once in fp32,
 * where a tensor may be off by ten times what the reference's own fp32 run is off (its README's rule), and once in fp64
 * with the plain limit.
 */
final class TextualInversionGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().equals("ti_train.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        Float32Error error = Float32Error.of(file);
        check(
                file,
                DType.FLOAT32,
                (name, ours, reference) -> report.compare(name, ours, reference, error.limit(name, 10)));
        check(file, DType.FLOAT64, (name, ours, reference) -> report.compare("fp64 " + name, ours, reference));
    }

    /** Takes one comparison. */
    private interface Comparison {
        void compare(String name, Tensor ours, Tensor reference);
    }

    private static void check(Path file, DType dtype, Comparison report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            GivenDraws forward = GivenDraws.of(golden, folder, dtype, report);
            Method<DenoisingPass> method = new Method<>(
                    "textual inversion",
                    "",
                    List.of(Word.of("<x1>", "0"), Word.of("<x2>", "1")),
                    PromptPlan.fixed("<x1> <x2>"),
                    List.of(new ComparedDenoising(golden, report)));
            long steps = golden.shape("timesteps")[0];
            Trainer.Settings settings = new Trainer.Settings(steps, 5e-3, AdamW.Settings.DEFAULT);
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, settings)) {
                trainer.run(done -> {
                    String step = "." + done.step();
                    report.compare("loss" + step, Tensor.of(new double[] {done.total()}), golden.tensor("loss" + step));
                    report.compare("rows" + step, done.words().table().orElseThrow(), golden.tensor("rows" + step));
                });
            }
        }
    }

    /** The denoising loss, whose gradient in both words is compared before it is used. */
    private record ComparedDenoising(SafetensorsFile golden, Comparison report) implements LossTerm<DenoisingPass> {
        @Override
        public String name() {
            return "denoising";
        }

        @Override
        public Tensor of(DenoisingPass pass) {
            Tensor value = new Denoising().of(pass);
            List<Tensor> rows =
                    List.of(pass.lexicon().rows("<x1>"), pass.lexicon().rows("<x2>"));
            List<Tensor> gradients = Gradients.of(value, Tensor.ones(value.dtype()), rows, true);
            report.compare("grad." + pass.step(), Tensor.cat(gradients, 0), golden.tensor("grad." + pass.step()));
            return value;
        }
    }

    /** A forward pass whose random draws are the reference's. */
    private record GivenDraws(
            SafetensorsFile golden,
            DType dtype,
            Comparison report,
            ClipTextEncoder encoder,
            UNet unet,
            Vae vae,
            NoiseSchedule schedule)
            implements Forward<DenoisingPass> {
        static GivenDraws of(SafetensorsFile golden, ModelFolder folder, DType dtype, Comparison report) {
            return new GivenDraws(
                    golden,
                    dtype,
                    report,
                    ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", dtype)),
                    UNet.of(folder.config("unet"), folder.weights("unet", dtype)),
                    Vae.of(folder.config("vae"), folder.weights("vae", dtype)),
                    NoiseSchedule.of(folder.config("scheduler")));
        }

        @Override
        public Tensor initial(Word word) {
            Tensor id = golden.tensor("init_ids").narrow(0, Long.parseLong(word.startsFrom()), 1);
            return Functional.embedding(encoder.tokenTable(), id); // (1, width)
        }

        @Override
        public void check(Method<DenoisingPass> method) {} // the ids are given

        @Override
        public DenoisingPass pass(Method<DenoisingPass> method, Learned learned, long step) {
            Lexicon words = learned.words();
            long t = golden.tensor("timesteps").toLongs()[(int) step];
            Tensor eps = golden.tensor("eps").narrow(0, step, 1).to(dtype);
            Tensor noise = golden.tensor("noise").narrow(0, step, 1).to(dtype);
            Tensor latents =
                    vae.toLatents(vae.encode(golden.tensor("image").to(dtype)).sample(eps));
            Tensor noisy = schedule.addNoise(latents, noise, t);
            Tensor target = schedule.target(latents, noise, t);
            if (step == 0) {
                report.compare("z0.0", latents, golden.tensor("z0.0"));
                report.compare("noisy.0", noisy, golden.tensor("noisy.0"));
                report.compare("target.0", target, golden.tensor("target.0"));
            }
            Tensor ids = golden.tensor("input_ids").narrow(0, step, 1);
            Tensor text = encoder.encode(ids, words.table().orElseThrow(), null).last();
            Tensor prediction = unet.predict(noisy, Tensor.of(new long[] {t}, 1), TextContext.of(text));
            return new DenoisingPass(
                    step,
                    List.of(0),
                    List.of(false),
                    List.of(t),
                    target,
                    prediction,
                    List.of(),
                    words,
                    text,
                    Optional.empty());
        }
    }
}
