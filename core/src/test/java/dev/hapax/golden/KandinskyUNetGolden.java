package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.ImageConditions;
import dev.hapax.unet.KandinskyUNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The U-Nets of Kandinsky 2.1 and 2.2: predictions and gradients. Everything is compared in fp64, where only the formulas
 * count, and in fp32.
 */
final class KandinskyUNetGolden implements GoldenCheck {
    private static final Set<String> FILES = Set.of("unet.safetensors", "unet_grad.safetensors");
    private static final double ALLOWANCE = 10; // by the goldens' documentation

    @Override
    public boolean covers(Path root, Path file) {
        Path config = file.resolveSibling("../unet/config.json");
        return FILES.contains(file.getFileName().toString())
                && Files.exists(config)
                && Config.read(config).text("mid_block_type", "").equals("UNetMidBlock2DSimpleCrossAttn");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            try (Scope scope = Scope.open();
                    ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                    SafetensorsFile golden = SafetensorsFile.open(file)) {
                Weights weights = folder.weights("unet", dtype);
                KandinskyUNet unet = KandinskyUNet.of(folder.config("unet"), weights);
                report.exact(
                        "parameters nobody reads: " + weights.unused(),
                        new long[] {weights.unused().size()},
                        new long[1]);
                Map<String, Tensor> ours = new HashMap<>();
                predictions(unet, golden, dtype, ours);
                if (golden.names().contains("target")) {
                    gradients(unet, weights, golden, dtype, ours);
                }
                Float32Error error = Float32Error.of(file);
                ours.forEach((name, value) -> report.compare(
                        name + " in " + dtype,
                        value,
                        golden.tensor(name),
                        dtype == DType.FLOAT64 ? GoldenReport.LIMIT : error.limit(name, ALLOWANCE)));
                for (String name : golden.names()) {
                    if ((name.contains("out.") || name.startsWith("grad.")) && !ours.containsKey(name)) {
                        report.exact(name + " is not computed", new long[0], golden.shape(name));
                    }
                }
            }
        }
    }

    private static void predictions(KandinskyUNet unet, SafetensorsFile golden, DType dtype, Map<String, Tensor> ours) {
        Map<String, Tensor> inputs = inputs(golden, dtype);
        for (String name : golden.names()) {
            int out = name.indexOf("out.");
            if (out < 0 || name.startsWith("grad.")) {
                continue;
            }
            Tensor sample = golden.tensor(name.substring(0, out) + "sample").to(dtype);
            Tensor timesteps = name.endsWith("out.mix")
                    ? golden.tensor("mix.timesteps")
                    : Tensor.of(new long[] {Long.parseLong(name.substring(out + "out.t".length()))}, 1);
            try (Gradients.Region frozen = Gradients.off()) {
                ours.put(name, unet.predict(sample, timesteps, conditions(inputs, sample.size(0))));
            }
        }
    }

    private static void gradients(
            KandinskyUNet unet, Weights weights, SafetensorsFile golden, DType dtype, Map<String, Tensor> ours) {
        Map<String, Tensor> inputs = inputs(golden, dtype);
        Map<String, Tensor> leaves = new TreeMap<>();
        for (String name : golden.names()) {
            if (name.startsWith("grad.w.")) {
                Tensor weight = weights.used().get(name.substring("grad.w.".length()));
                leaves.put(name, weight.requiresGrad(true));
            } else if (name.startsWith("grad.")) {
                leaves.put(name, inputs.get(name.substring("grad.".length())).requiresGrad(true));
            }
        }
        Tensor timesteps = golden.names().contains("timesteps")
                ? golden.tensor("timesteps")
                : Tensor.of(new long[] {500}, 1); // by the file's documentation
        Tensor sample = inputs.get("sample");
        Tensor out = unet.predict(sample, timesteps, conditions(inputs, sample.size(0)));
        Tensor loss = out.minus(golden.tensor("target").to(dtype)).square().mean();
        if (golden.names().contains("loss")) {
            ours.put("loss", loss);
        }
        List<Tensor> gradients = Gradients.of(loss, List.copyOf(leaves.values()));
        int i = 0;
        for (String name : leaves.keySet()) {
            ours.put(name, gradients.get(i++));
        }
    }

    /** What the U-Net is given, copied so that gradients can be taken. */
    private static Map<String, Tensor> inputs(SafetensorsFile golden, DType dtype) {
        Map<String, Tensor> inputs = new TreeMap<>();
        for (String name : List.of("sample", "context", "added.image_embeds", "added.text_embeds", "image_embeds")) {
            if (golden.names().contains(name)) {
                inputs.put(name, golden.tensor(name).to(dtype).copy());
            }
        }
        return inputs;
    }

    private static ImageConditions conditions(Map<String, Tensor> inputs, long batch) {
        Tensor alone = inputs.get("image_embeds");
        return alone != null
                ? ImageConditions.of(alone.narrow(0, 0, batch))
                : ImageConditions.of(
                        inputs.get("added.image_embeds").narrow(0, 0, batch),
                        inputs.get("context").narrow(0, 0, batch),
                        inputs.get("added.text_embeds").narrow(0, 0, batch));
    }
}
