package dev.hapax.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.AddedConditions;
import dev.hapax.unet.UNet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One reference file of a U-Net, computed in one type.
 *
 * @param plain {@code unet.safetensors} of the same model, for the added conditions that other files leave out
 */
record UNetGoldenRun(
        UNet unet,
        Weights weights,
        SafetensorsFile golden,
        SafetensorsFile plain,
        DType dtype,
        GoldenReport report,
        Float32Error error) {
    private static final String WEIGHT = "grad.w.";

    /** By the goldens' documentation; some gradients through sharp attention lose four digits in any fp32 program. */
    private static final double ALLOWANCE = 10;

    void predictions() {
        for (String name : golden.names()) {
            int out = name.indexOf("out.");
            if (out < 0) {
                continue;
            }
            Tensor sample = input(name.substring(0, out) + "sample");
            long batch = sample.size(0);
            Tensor timesteps = name.endsWith("out.mix")
                    ? golden.tensor("mix.timesteps")
                    : Tensor.of(new long[] {Long.parseLong(name.substring(out + "out.t".length()))}, 1);
            TextContext text = TextContext.of(input("context").narrow(0, 0, batch));
            try (Gradients.Region frozen = Gradients.off()) {
                AddedConditions added = added(addedInputs(golden), batch);
                compare(name, unet.predict(sample, timesteps, text, added, AttentionProbe.NONE));
            }
        }
    }

    void gradients() {
        Map<String, Tensor> leaves = new TreeMap<>();
        leaves.put("grad.sample", input("sample").requiresGrad(true));
        leaves.put("grad.context", input("context").requiresGrad(true));
        Map<String, Tensor> added = addedInputs(golden);
        added.forEach((name, value) -> leaves.put("grad.added." + name, value.requiresGrad(true)));
        for (String name : golden.names()) {
            if (name.startsWith(WEIGHT)) {
                Tensor weight = weights.used().get(name.substring(WEIGHT.length()));
                leaves.put(name, weight.requiresGrad(true));
            }
        }
        Tensor sample = leaves.get("grad.sample");
        TextContext text = TextContext.of(leaves.get("grad.context"));
        AddedConditions conditions = added(added, sample.size(0));
        Tensor out = unet.predict(sample, golden.tensor("timesteps"), text, conditions, AttentionProbe.NONE);
        Tensor loss = out.minus(input("target")).square().mean();
        compare("loss", loss);
        compare(List.copyOf(leaves.keySet()), Gradients.of(loss, List.copyOf(leaves.values())));
    }

    void attention() {
        Tensor sample = input("sample").requiresGrad(true);
        Tensor context = input("context").requiresGrad(true);
        AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.all());
        Tensor timestep = Tensor.of(new long[] {481}, 1); // the one that the file's documentation names
        Tensor out = unet.predict(sample, timestep, TextContext.of(context), added(addedInputs(plain), 1), maps);
        compare("out", out);
        Tensor loss = Tensor.zeros(dtype);
        for (AttentionMaps.Recorded layer : maps.recorded()) {
            Tensor probabilities = layer.probabilities().squeeze(0); // (heads, pixels, tokens)
            compare("p." + layer.layer().name(), probabilities);
            loss = loss.plus(probabilities.times(waves(probabilities.shape())).mean());
        }
        long layers =
                golden.names().stream().filter(name -> name.startsWith("p.")).count();
        report.exact("layers", new long[] {maps.recorded().size()}, new long[] {layers});
        compare("aloss", loss);
        List<Tensor> leaves = List.of(context, sample);
        List<Tensor> alone = Gradients.of(loss, Tensor.ones(dtype), leaves, true);
        compare(List.of("grad.context", "grad.sample"), alone);
        List<Tensor> both = Gradients.of(loss.plus(out.square().mean()), leaves);
        compare(List.of("grad.all.context", "grad.all.sample"), both);
    }

    /** sin(0.5 h + 0.37 i + 0.11 j). */
    private Tensor waves(long[] shape) {
        double[] values = new double[Math.toIntExact(shape[0] * shape[1] * shape[2])];
        int at = 0;
        for (int h = 0; h < shape[0]; h++) {
            for (int i = 0; i < shape[1]; i++) {
                for (int j = 0; j < shape[2]; j++) {
                    values[at++] = Math.sin(0.5 * h + 0.37 * i + 0.11 * j);
                }
            }
        }
        return Tensor.of(values, shape).to(dtype);
    }

    void perLayer() throws IOException {
        List<String> order = Arrays.asList( // the file numbers layers in module order: down, up, mid
                new ObjectMapper().readValue(golden.metadata().get("layers"), String[].class));
        List<String> names = new ArrayList<>();
        List<Tensor> texts = new ArrayList<>();
        for (AttentionLayer layer : unet.crossAttentionLayers()) {
            String name = "ctx." + order.indexOf(layer.name());
            names.add("grad." + name);
            texts.add(input(name).requiresGrad(true));
        }
        report.exact("layers", new long[] {texts.size()}, new long[] {order.size()});
        AddedConditions added = added(addedInputs(plain), 1);
        Tensor timestep = golden.tensor("timestep");
        Tensor out = unet.predict(input("sample"), timestep, TextContext.perLayer(texts), added, AttentionProbe.NONE);
        compare("out", out);
        Tensor loss = out.minus(input("target")).square().mean();
        compare("loss", loss);
        compare(names, Gradients.of(loss, texts));
    }

    private void compare(List<String> names, List<Tensor> ours) {
        for (int i = 0; i < names.size(); i++) {
            compare(names.get(i), ours.get(i));
        }
    }

    private void compare(String name, Tensor ours) {
        double limit = dtype == DType.FLOAT64 ? GoldenReport.LIMIT : error.limit(name, ALLOWANCE);
        report.compare(name + " in " + dtype, ours, golden.tensor(name), limit);
    }

    private Tensor input(String name) {
        return golden.tensor(name).to(dtype).copy();
    }

    private Map<String, Tensor> addedInputs(SafetensorsFile file) {
        Map<String, Tensor> inputs = new TreeMap<>();
        for (String name : file.names()) {
            if (name.startsWith("added.")) {
                inputs.put(
                        name.substring("added.".length()),
                        file.tensor(name).to(dtype).copy());
            }
        }
        return inputs;
    }

    private static AddedConditions added(Map<String, Tensor> inputs, long batch) {
        return inputs.isEmpty()
                ? AddedConditions.NONE
                : new AddedConditions.TextTime(
                        inputs.get("text_embeds").narrow(0, 0, batch),
                        inputs.get("time_ids").narrow(0, 0, batch));
    }
}
