package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.diffusion.KandinskyDecoder;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.ImageConditions;
import dev.hapax.unet.KandinskyUNet;
import dev.hapax.vae.Movq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code pipe.safetensors} of a Kandinsky 2.2 decoder: from an image embedding to an image, with the autoencoder that lies
 * in {@code kandinsky21}. In fp64, where only the formulas count, and in fp32.
 */
final class KandinskyPipeGolden implements GoldenCheck {
    private static final Set<String> INPUTS = Set.of("image_embeds", "negative_image_embeds", "latents");
    private static final double GUIDANCE = 4; // by the file's documentation
    private static final double ALLOWANCE = 10; // by the goldens' documentation

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("kandinsky22-decoder/golden/pipe.safetensors") && Files.isDirectory(other(file));
    }

    private static Path other(Path file) {
        return file.getParent().getParent().resolveSibling("kandinsky21");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            try (Gradients.Region frozen = Gradients.off();
                    Scope scope = Scope.open();
                    ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                    ModelFolder first = ModelFolder.open(other(file));
                    SafetensorsFile golden = SafetensorsFile.open(file)) {
                int steps = (int) golden.names().stream()
                        .filter(name -> name.startsWith("lat."))
                        .count();
                KandinskyDecoder decoder = new KandinskyDecoder(
                        KandinskyUNet.of(folder.config("unet"), folder.weights("unet", dtype)),
                        Movq.of(first.config("movq"), first.weights("movq", dtype)),
                        Samplers.of(folder.config("scheduler")),
                        steps,
                        GUIDANCE);
                List<Tensor> latents = new ArrayList<>();
                Tensor last = decoder.sample(
                        ImageConditions.of(golden.tensor("image_embeds").to(dtype)),
                        ImageConditions.of(
                                golden.tensor("negative_image_embeds").to(dtype)),
                        golden.tensor("latents").to(dtype),
                        () -> {
                            throw new IllegalStateException("DDIM without eta draws no noise");
                        },
                        x -> latents.add(x.copy()));
                // the reference holds what the decoder gives, before it is brought to [0, 1]
                Tensor raw = decoder.movq().decode(last);
                if (dtype == DType.FLOAT64) { // most of it lies beyond [0, 1], so what is left has few digits in fp32
                    report.compare(
                            "image in [0, 1]",
                            decoder.images(last),
                            golden.tensor("img").times(0.5).plus(0.5).clamp(0, 1));
                }
                Map<String, Tensor> ours = new HashMap<>(Map.of("img", raw));
                for (int i = 0; i < latents.size(); i++) {
                    ours.put("lat." + i, latents.get(i));
                }
                Float32Error error = Float32Error.of(file);
                ours.forEach((name, value) -> report.compare(
                        name + " in " + dtype,
                        value,
                        golden.tensor(name),
                        dtype == DType.FLOAT64 ? GoldenReport.LIMIT : error.limit(name, ALLOWANCE)));
                report.exact("tensors compared", new long[] {ours.size() + INPUTS.size()}, new long[] {
                    golden.names().size()
                });
            }
        }
    }
}
