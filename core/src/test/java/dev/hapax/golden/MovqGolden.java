package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Movq;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** {@code movq.safetensors}: encoding, and decoding with and without the codebook. */
final class MovqGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/movq.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            Weights weights = folder.weights("movq", DType.FLOAT32);
            Movq movq = Movq.of(folder.config("movq"), weights);
            report.exact(
                    "parameters nobody reads: " + weights.unused(),
                    new long[] {weights.unused().size()},
                    new long[1]);
            Tensor latent = golden.tensor("latent");
            Tensor codes = movq.nearest(latent);
            Map<String, Tensor> ours = new HashMap<>();
            ours.put("latents", movq.encode(golden.tensor("image")));
            ours.put("dec_fnq", movq.decode(latent));
            ours.put("idx", codes.reshape(-1));
            ours.put("dec_q", movq.decode(movq.quantised(codes)));
            report.all(ours, golden, Set.of("image", "latent"));
        }
    }
}
