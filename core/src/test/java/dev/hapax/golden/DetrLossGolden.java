package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.Detr;
import dev.hapax.vision.detect.DetrLoss;
import dev.hapax.vision.detect.DetrLossReference;
import dev.hapax.vision.detect.DetrOutput;
import dev.hapax.vision.detect.DetrStates;
import dev.hapax.vision.detect.DetrWeights;
import dev.hapax.vision.detect.GroundTruth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code detr/golden/loss.safetensors}: matching, the terms of DETR's training loss, and gradients of it. */
final class DetrLossGolden implements GoldenCheck {
    private static final String PIXELS = "grad.pixel_values.0.rows";
    private static final String WEIGHT = "grad.w.";
    private static final int ROW_STEP = 8; // of the stored rows, as the file's documentation says

    @Override
    public boolean covers(Path root, Path file) {
        return root.relativize(file).equals(Path.of("detr", "golden", "loss.safetensors"));
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Config config = folder.config(ModelFolder.ROOT);
            Weights weights = Weights.of(new DetrWeights(folder.weights(ModelFolder.ROOT, DType.FLOAT32)));
            Detr detr = Detr.of(config, weights);
            DetrLoss loss = DetrLoss.of(config);
            List<String> watched = golden.names().stream()
                    .filter(name -> name.startsWith(WEIGHT))
                    .toList();
            List<Tensor> leaves = new ArrayList<>();
            watched.forEach(name -> leaves.add(
                    java.util.Objects.requireNonNull(weights.used().get(name.substring(WEIGHT.length())), name)
                            .requiresGrad(true)));
            Tensor pixels = golden.tensor("pixel_values").copy().requiresGrad(true);
            leaves.add(pixels);

            DetrStates states = detr.states(new PictureBatch(pixels, golden.tensor("pixel_mask")));
            List<GroundTruth> truths = truths(golden);
            matching(detr.output(states.last()), truths, loss, golden, report);
            terms("", detr.output(states.last()), truths, loss, golden, report);
            List<DetrOutput> earlier = detr.auxiliary(states);
            for (int i = 0; i < earlier.size(); i++) {
                terms("_" + i, earlier.get(i), truths, loss, golden, report);
            }
            Tensor sum = loss.of(detr, states, truths);
            report.compare("loss", sum.detach().reshape(), golden.tensor("loss"));
            List<Tensor> gradients = Gradients.of(sum, leaves);
            for (int i = 0; i < watched.size(); i++) {
                report.compare(watched.get(i), gradients.get(i), golden.tensor(watched.get(i)));
            }
            report.compare(PIXELS, everyEighthRow(gradients.get(watched.size())), golden.tensor(PIXELS));
        }
    }

    private static List<GroundTruth> truths(SafetensorsFile golden) {
        List<GroundTruth> truths = new ArrayList<>();
        for (int i = 0; golden.names().contains("target." + i + ".boxes"); i++) {
            double[] numbers = golden.tensor("target." + i + ".boxes").toDoubles();
            List<Integer> classes = new ArrayList<>();
            List<Box> boxes = new ArrayList<>();
            for (long which : golden.tensor("target." + i + ".class_labels").toLongs()) {
                int at = 4 * classes.size();
                classes.add((int) which);
                boxes.add(Box.centred(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]));
            }
            truths.add(new GroundTruth(classes, boxes));
        }
        return truths;
    }

    private static void matching(
            DetrOutput output, List<GroundTruth> truths, DetrLoss loss, SafetensorsFile golden, GoldenReport report) {
        List<String> parts = List.of("class", "l1", "giou", "total");
        List<Integer> classes =
                truths.stream().flatMap(truth -> truth.classes().stream()).toList();
        List<Box> boxes =
                truths.stream().flatMap(truth -> truth.boxes().stream()).toList();
        GroundTruth all = new GroundTruth(classes, boxes);
        for (int part = 0; part < parts.size(); part++) {
            List<Tensor> pictures = new ArrayList<>();
            for (int picture = 0; picture < truths.size(); picture++) {
                pictures.add(DetrLossReference.costs(loss, output, picture, all).get(part));
            }
            String name = "cost." + parts.get(part);
            report.compare(name, Tensor.stack(pictures, 0), golden.tensor(name));
        }
        for (int picture = 0; picture < truths.size(); picture++) {
            List<long[]> pairs = DetrLossReference.pairs(loss, output, picture, truths.get(picture));
            String name = "match." + picture;
            report.exact(
                    name + ".query",
                    pairs.stream().mapToLong(pair -> pair[0]).toArray(),
                    golden.tensor(name + ".query").toLongs());
            report.exact(
                    name + ".target",
                    pairs.stream().mapToLong(pair -> pair[1]).toArray(),
                    golden.tensor(name + ".target").toLongs());
        }
    }

    private static void terms(
            String layer,
            DetrOutput output,
            List<GroundTruth> truths,
            DetrLoss loss,
            SafetensorsFile golden,
            GoldenReport report) {
        DetrLoss.Terms terms = loss.terms(output, truths);
        compare("loss_ce" + layer, terms.classes(), golden, report);
        compare("loss_bbox" + layer, terms.boxes(), golden, report);
        compare("loss_giou" + layer, terms.overlaps(), golden, report);
        compare("cardinality_error" + layer, Tensor.scalar(DetrLoss.countError(output, truths)), golden, report);
    }

    private static void compare(String term, Tensor ours, SafetensorsFile golden, GoldenReport report) {
        String name = "loss_dict." + term;
        if (golden.names().contains(name)) {
            report.compare(name, ours.detach().reshape(), golden.tensor(name));
        } else {
            report.exact(name + " is not in the file", new long[1], new long[0]);
        }
    }

    private static Tensor everyEighthRow(Tensor gradient) {
        Tensor first = gradient.select(0, 0); // (3, h, w)
        long rows = (first.size(1) + ROW_STEP - 1) / ROW_STEP;
        return first.indexSelect(1, Tensor.range(rows).times(ROW_STEP).to(DType.INT64));
    }
}
