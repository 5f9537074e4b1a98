package dev.hapax.golden;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.learning.TunableModel;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.UNet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code custom-diffusion}: what {@code sd-tiny} computes with learned keys and values (and queries and outputs), and the
 * gradients in them with the start token held and not held.
 */
final class CustomDiffusionGolden implements GoldenCheck {
    private static final String LAYER = "mid_block.attentions.0.transformer_blocks.0.attn2";

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("custom-diffusion/golden/custom_diffusion.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        Path folder = file.toAbsolutePath().getParent().getParent();
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder base = ModelFolder.open(folder.resolveSibling("sd-tiny"));
                SafetensorsFile kv = weights(folder, "kv");
                SafetensorsFile all = weights(folder, "qkvout");
                SafetensorsFile words = SafetensorsFile.open(folder.resolve("kv/modifier_tokens.safetensors"))) {
            ModelPart unet = new ModelPart(
                    base.config("unet"), base.weights("unet", DType.FLOAT32).source());
            ModelPart text = new ModelPart(
                    base.config("text_encoder"),
                    base.weights("text_encoder", DType.FLOAT32).source());
            TunableModel model = new TunableModel(unet, text);
            Tensor rows = Tensor.stack(List.of(words.tensor("<new1>"), words.tensor("<new2>")), 0);
            Tensor context = model.textEncoder(Map.of())
                    .encode(golden.tensor("input_ids"), rows, null)
                    .last();
            report.compare("context", context, golden.tensor("context"));
            try (Gradients.Region off = Gradients.off()) {
                report.compare("out.base", predict(model.unet(Map.of()), golden, 0), golden.tensor("out.base"));
                report.compare("out.kv", predict(model.unet(learned(kv)), golden, 0), golden.tensor("out.kv"));
                report.compare("out.qkvout", predict(model.unet(learned(all)), golden, 0), golden.tensor("out.qkvout"));
            }
            for (int held : new int[] {0, 1}) {
                gradients(model, learned(kv), golden, held, report);
            }
        }
    }

    private static void gradients(
            TunableModel model, Map<String, Tensor> learned, SafetensorsFile golden, int held, GoldenReport report) {
        List<String> names = List.of(LAYER + ".to_k.weight", LAYER + ".to_v.weight");
        Map<String, Tensor> leaves = new LinkedHashMap<>(learned);
        names.forEach(name -> leaves.computeIfPresent(
                "unet." + name, (key, value) -> value.copy().requiresGrad(true)));
        Tensor context = golden.tensor("context").copy().requiresGrad(true);
        Tensor loss = predict(model.unet(leaves), golden, context, held)
                .minus(golden.tensor("target"))
                .square()
                .mean();
        if (held == 1) {
            report.compare("loss", loss, golden.tensor("loss"));
        }
        List<Tensor> gradients = Gradients.of(
                loss, List.of(context, leaves.get("unet." + names.get(0)), leaves.get("unet." + names.get(1))));
        String kind = held == 1 ? "grad." : "grad_plain.";
        report.compare(kind + "context", gradients.get(0), golden.tensor(kind + "context"));
        report.compare(kind + names.get(0), gradients.get(1), golden.tensor(kind + names.get(0)));
        report.compare(kind + names.get(1), gradients.get(2), golden.tensor(kind + names.get(1)));
    }

    private static Tensor predict(UNet unet, SafetensorsFile golden, int held) {
        return predict(unet, golden, golden.tensor("context"), held);
    }

    private static Tensor predict(UNet unet, SafetensorsFile golden, Tensor context, int held) {
        return unet.predict(
                golden.tensor("sample"),
                golden.tensor("timestep"),
                TextContext.of(context).holding(held));
    }

    private static SafetensorsFile weights(Path folder, String kind) {
        return SafetensorsFile.open(folder.resolve(kind).resolve("pytorch_custom_diffusion_weights.safetensors"));
    }

    /** The names of diffusers' attention processors are put into those of the model. */
    private static Map<String, Tensor> learned(SafetensorsFile file) {
        Map<String, Tensor> learned = new LinkedHashMap<>();
        for (String name : file.names()) {
            String plain = name.replace(".processor.", ".").replace("_custom_diffusion", "");
            learned.put("unet." + plain, file.tensor(name));
        }
        return learned;
    }
}
