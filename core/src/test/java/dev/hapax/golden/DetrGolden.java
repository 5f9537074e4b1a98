package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.Detection;
import dev.hapax.vision.detect.Detr;
import dev.hapax.vision.detect.DetrImageProcessor;
import dev.hapax.vision.detect.DetrOutput;
import dev.hapax.vision.detect.DetrStates;
import dev.hapax.vision.detect.DetrWeights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code detr/golden/detr.safetensors}: DETR's network from pixels to boxes, and what its post-processing keeps. */
final class DetrGolden implements GoldenCheck {
    private static final Set<String> INPUTS = Set.of("pixel_values", "pixel_mask", "target_sizes", "thresholds");

    @Override
    public boolean covers(Path root, Path file) {
        return root.relativize(file).equals(Path.of("detr", "golden", "detr.safetensors"));
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Config config = folder.config(ModelFolder.ROOT);
            Weights stored = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
            Detr detr = Detr.of(config, Weights.of(new DetrWeights(stored)));
            report.exact(
                    "parameters nobody reads: " + stored.unused(),
                    new long[] {stored.unused().size()},
                    new long[1]);
            Map<String, Tensor> ours = states(detr, golden);
            DetrOutput output = detr.detect(batch(golden));
            ours.put("logits", output.logits());
            ours.put("pred_boxes", output.boxes());
            ours.putAll(kept(output, golden, Detr.labels(config)));
            for (String name : golden.names()) {
                if (ours.containsKey(name)) {
                    report.compare(name, ours.get(name), golden.tensor(name));
                } else if (!INPUTS.contains(name)) {
                    report.exact(name + " is not computed", new long[0], golden.shape(name));
                }
            }
        }
    }

    /** The pictures of a reference file. */
    static PictureBatch batch(SafetensorsFile golden) {
        return new PictureBatch(golden.tensor("pixel_values"), golden.tensor("pixel_mask"));
    }

    private static Map<String, Tensor> states(Detr detr, SafetensorsFile golden) {
        DetrStates states = detr.states(batch(golden));
        Map<String, Tensor> ours = new HashMap<>();
        ours.put("backbone.stem", states.features().get(0));
        for (int i = 1; i < states.features().size(); i++) {
            ours.put("backbone.stage" + i, states.features().get(i));
            ours.put("feature_map", states.features().get(i));
        }
        ours.put("feature_mask", states.mask());
        ours.put("pos", states.positions());
        ours.put("projected", states.projected());
        for (int i = 0; i < states.encoded().size(); i++) {
            ours.put("enc." + i, states.encoded().get(i));
            ours.put("encoder_last_hidden_state", states.encoded().get(i));
        }
        for (int i = 0; i < states.decoded().size(); i++) {
            ours.put("dec." + i, states.decoded().get(i));
        }
        ours.put("dec." + states.decoded().size(), states.last()); // the reference lists it after its norm
        ours.put("last_hidden_state", states.last());
        ours.put("cross_attention.last", detr.looks(states));
        return ours;
    }

    private static Map<String, Tensor> kept(DetrOutput output, SafetensorsFile golden, List<String> labels) {
        Map<String, Tensor> ours = new HashMap<>();
        float[] thresholds = golden.tensor("thresholds").toFloats();
        long[] sizes = golden.tensor("target_sizes").toLongs(); // height, width of each picture
        for (int t = 0; t < thresholds.length; t++) {
            for (int picture = 0; picture < sizes.length / 2; picture++) {
                List<Detection> found = output.detections(picture, thresholds[t], labels);
                double height = sizes[2 * picture];
                double width = sizes[2 * picture + 1];
                String name = "post" + t + "." + picture + ".";
                ours.put(
                        name + "scores",
                        numbers(found.stream().map(Detection::score).toList(), found.size()));
                ours.put(
                        name + "labels",
                        numbers(
                                found.stream()
                                        .map(one -> (double) labels.indexOf(one.label()))
                                        .toList(),
                                found.size()));
                ours.put(
                        name + "boxes",
                        numbers(
                                found.stream()
                                        .map(one -> one.box().times(width, height))
                                        .flatMap(DetrGolden::edges)
                                        .toList(),
                                found.size(),
                                4));
            }
        }
        return ours;
    }

    private static java.util.stream.Stream<Double> edges(Box box) {
        return java.util.stream.Stream.of(box.left(), box.top(), box.right(), box.bottom());
    }

    /** Numbers as a tensor, fp64. */
    static Tensor numbers(List<Double> values, long... shape) {
        return Tensor.of(values.stream().mapToDouble(Double::doubleValue).toArray(), shape);
    }

    /** The image processor of the model's folder. */
    static DetrImageProcessor processor(Path golden) {
        return DetrImageProcessor.of(Config.read(golden.getParent().getParent().resolve("preprocessor_config.json")));
    }
}
