package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipModel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code clip-full/golden/train.safetensors}: steps of training a whole CLIP with AdamW, the settings as the file's
 * documentation gives them: decay on matrices only, the scale clamped after each step.
 */
final class ClipTrainGolden implements GoldenCheck {
    private static final double RATE = 1e-3;
    private static final AdamW.Settings DECAYING = new AdamW.Settings(0.9, 0.98, 1e-6, 0.2);

    @Override
    public boolean covers(Path root, Path file) {
        return root.relativize(file).equals(Path.of("clip-full", "golden", "train.safetensors"));
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Weights weights = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
            ClipModel clip = ClipModel.of(folder.config(ModelFolder.ROOT), weights);
            List<Tensor> all = List.copyOf(weights.used().values());
            all.forEach(weight -> weight.requiresGrad(true));
            List<Tensor> matrices =
                    all.stream().filter(weight -> weight.rank() >= 2).toList();
            List<Tensor> others =
                    all.stream().filter(weight -> weight.rank() < 2).toList();
            try (AdamW decaying = new AdamW(matrices, DECAYING);
                    AdamW plain = new AdamW(others, DECAYING.withWeightDecay(0))) {
                for (int i = 0; golden.names().contains("loss." + i); i++) {
                    Tensor loss = loss(clip, golden);
                    report.compare("loss." + i, loss, golden.tensor("loss." + i));
                    List<Tensor> gradients = Gradients.of(loss, all);
                    decaying.step(pick(gradients, all, true), RATE);
                    plain.step(pick(gradients, all, false), RATE);
                    try (Gradients.Region off = Gradients.off()) {
                        clip.logitScale().assign(clip.logitScale().clamp(0, Math.log(100)));
                    }
                    compareWeights(i, golden, weights, report);
                }
            }
        }
    }

    private static Tensor loss(ClipModel clip, SafetensorsFile golden) {
        Tensor texts = clip.text()
                .encode(golden.tensor("input_ids"), null, golden.tensor("attention_mask"))
                .projected()
                .orElseThrow();
        Tensor images = clip.image().encode(golden.tensor("pixel_values")).projected();
        return ClipModel.contrastiveLoss(clip.logitsPerImage(images, texts));
    }

    private static List<Tensor> pick(List<Tensor> gradients, List<Tensor> weights, boolean matrices) {
        return IntStream.range(0, weights.size())
                .filter(i -> (weights.get(i).rank() >= 2) == matrices)
                .mapToObj(gradients::get)
                .toList();
    }

    private static void compareWeights(int step, SafetensorsFile golden, Weights weights, GoldenReport report) {
        String prefix = "w." + step + ".";
        for (String name : golden.names()) {
            if (name.startsWith(prefix)) {
                report.compare(
                        name,
                        weights.used().get(name.substring(prefix.length())).detach(),
                        golden.tensor(name));
            }
        }
        double squares = weights.used().values().stream()
                .mapToDouble(weight -> weight.detach().square().sum().item())
                .sum();
        report.compare("params_sumsq." + step, Tensor.scalar(squares), golden.tensor("params_sumsq." + step));
    }
}
