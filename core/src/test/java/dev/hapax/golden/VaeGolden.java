package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.nio.file.Path;
import java.util.List;

/** {@code vae.safetensors}: encoding, sampling, decoding, and the gradients of both ways. */
final class VaeGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/vae.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            Vae vae = Vae.of(folder.config("vae"), folder.weights("vae", DType.FLOAT32));
            Tensor image = golden.tensor("image").copy().requiresGrad(true);
            Posterior posterior = vae.encode(image);
            report.compare("mean", posterior.mean(), golden.tensor("mean"));
            report.compare("logvar", posterior.logvar(), golden.tensor("logvar"));
            report.compare("z", posterior.sample(golden.tensor("eps")), golden.tensor("z"));
            Tensor meanSquare = posterior.mode().square().mean();
            report.compare(
                    "grad.image", Gradients.of(meanSquare, List.of(image)).get(0), golden.tensor("grad.image"));

            Tensor latent = golden.tensor("latent").copy().requiresGrad(true);
            Tensor decoded = vae.decode(latent);
            report.compare("dec", decoded, golden.tensor("dec"));
            Tensor error = decoded.minus(golden.tensor("image")).square().mean();
            report.compare("grad.latent", Gradients.of(error, List.of(latent)).get(0), golden.tensor("grad.latent"));

            double factor = Double.parseDouble(golden.metadata().get("scaling_factor"));
            report.compare(
                    "latents",
                    vae.toLatents(golden.tensor("z")),
                    golden.tensor("z").times(factor));
            report.compare("unscaled", vae.fromLatents(vae.toLatents(latent)), golden.tensor("latent"));
        }
    }
}
