package dev.hapax.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.lora.LoraStack;
import dev.hapax.lora.WeightedLora;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.TextEncoding;
import dev.hapax.unet.UNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code lora.safetensors}: what the U-Net and the text encoder of {@code sd-tiny} compute with LoRAs in every naming, at
 * two weights and mixed, in fp64 and in fp32.
 */
final class LoraGolden implements GoldenCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> INPUTS = Set.of("input_ids", "sample", "context", "timestep");
    private static final Set<String> PARTS = Set.of("unet", "text_encoder");
    private static final List<String> ONE_IN_THREE_NAMINGS = List.of("diffusers", "diffusers-lora_AB", "diffusers-old");

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("lora/golden/lora.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        Path folder = file.toAbsolutePath().getParent().getParent();
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                Gradients.Region frozen = Gradients.off()) {
            Set<String> left = new TreeSet<>(golden.names());
            left.removeAll(INPUTS);
            for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
                for (String naming : ONE_IN_THREE_NAMINGS) {
                    JSON.readTree(golden.metadata().get("runs")).properties().forEach(run -> {
                        Map<String, Tensor> ours = new HashMap<>();
                        run(run.getKey(), golden, folder, loras(folder, run.getValue(), naming), dtype, ours);
                        ours.forEach((name, tensor) -> {
                            String what = dtype + " " + naming + " " + name;
                            report.compare(what, tensor, golden.tensor(name));
                            left.remove(name);
                        });
                    });
                }
            }
            report.exact("not compared: " + left, new long[] {left.size()}, new long[1]);
        }
    }

    private static List<WeightedLora> loras(Path folder, JsonNode run, String naming) {
        List<WeightedLora> loras = new ArrayList<>();
        for (JsonNode lora : run) {
            String name = lora.get(0).asText();
            loras.add(new WeightedLora(
                    path(folder, name.equals("diffusers") ? naming : name),
                    lora.get(1).asDouble()));
        }
        return loras;
    }

    private static Path path(Path folder, String name) {
        Path file = folder.resolve(name).resolve("lora.safetensors");
        return Files.exists(file) ? file : folder.resolve(name); // the others are folders of diffusers and PEFT
    }

    private static void run(
            String run,
            SafetensorsFile golden,
            Path folder,
            List<WeightedLora> loras,
            DType dtype,
            Map<String, Tensor> ours) {
        try (ModelFolder base = ModelFolder.open(folder.resolveSibling("sd-tiny"));
                LoraStack stack = LoraStack.open(loras, PARTS)) {
            Weights plain = base.weights("unet", dtype);
            Weights changed = Weights.of(stack.over("unet", plain.source()));
            UNet unet = UNet.of(base.config("unet"), changed);
            ClipTextEncoder encoder = ClipTextEncoder.of(
                    base.config("text_encoder"),
                    Weights.of(stack.over(
                            "text_encoder", base.weights("text_encoder", dtype).source())));
            stack.finish();
            Tensor ids = golden.tensor("input_ids");
            ours.put(
                    run + ".unet",
                    unet.predict(
                            golden.tensor("sample").to(dtype),
                            golden.tensor("timestep"),
                            TextContext.of(golden.tensor("context").to(dtype))));
            TextEncoding text = encoder.encode(ids, null, null);
            ours.put(run + ".text", text.last().narrow(0, 0, 1));
            ours.put(run + ".text_pooled", text.pooled());
            String delta = "delta." + run.replaceFirst("\\.s1$", "") + ".";
            for (String name : golden.names()) {
                if (name.startsWith(delta)) {
                    String parameter = name.substring(delta.length()) + ".weight";
                    long[] shape = golden.shape(name);
                    ours.put(
                            name,
                            changed.get(parameter, shape)
                                    .minus(plain.get(parameter, shape))
                                    .copy());
                }
            }
        }
    }
}
