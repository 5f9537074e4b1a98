package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.unet.UNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The U-Net of Stable Diffusion: predictions, gradients, attention probabilities, one text per layer. Everything is
 * compared in fp64, where only the formulas count, and in fp32.
 */
final class UNetGolden implements GoldenCheck {
    private static final Set<String> BLOCKS = Set.of("CrossAttnDownBlock2D", "DownBlock2D");

    @Override
    public boolean covers(Path root, Path file) {
        Path config = file.resolveSibling("../unet/config.json");
        return file.getParent().endsWith("golden")
                && Set.of("unet.safetensors", "unet_grad.safetensors", "attn.safetensors", "perlayer.safetensors")
                        .contains(file.getFileName().toString())
                && Files.exists(config)
                && BLOCKS.containsAll(Config.read(config).texts("down_block_types"));
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            try (Scope scope = Scope.open();
                    ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                    SafetensorsFile golden = SafetensorsFile.open(file);
                    SafetensorsFile plain = SafetensorsFile.open(file.resolveSibling("unet.safetensors"))) {
                Weights weights = folder.weights("unet", dtype);
                UNet unet = UNet.of(folder.config("unet"), weights);
                report.exact(
                        "parameters left over", new long[] {weights.unused().size()}, new long[] {0});
                UNetGoldenRun run =
                        new UNetGoldenRun(unet, weights, golden, plain, dtype, report, Float32Error.of(file));
                switch (file.getFileName().toString()) {
                    case "unet.safetensors" -> run.predictions();
                    case "unet_grad.safetensors" -> run.gradients();
                    case "attn.safetensors" -> run.attention();
                    default -> run.perLayer();
                }
            }
        }
    }
}
