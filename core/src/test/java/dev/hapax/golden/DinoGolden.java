package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.measure.Embedding;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.DinoEncoder;
import dev.hapax.vision.DinoEncoding;
import dev.hapax.vision.DinoTransform;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.PositionRule;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code vit.safetensors} and {@code dinov2.safetensors}: DINO's encoders and their image processors. */
final class DinoGolden implements GoldenCheck {
    private static final Map<String, String> FOLDERS =
            Map.of("vit.safetensors", "vits16", "dinov2.safetensors", "dinov2");
    private static final Set<String> INPUTS = Set.of("pixel_values", "other", "g", "image");

    @Override
    public boolean covers(Path root, Path file) {
        return FOLDERS.containsKey(file.getFileName().toString());
    }

    @Override
    public void check(Path file, GoldenReport report) {
        String part = FOLDERS.get(file.getFileName().toString());
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Weights weights = folder.weights(part, DType.FLOAT32);
            Config config = folder.config(part);
            DinoEncoder encoder = DinoEncoder.of(config, weights);
            Set<String> unread = new TreeSet<>(weights.unused());
            unread.remove("embeddings.mask_token"); // stands for hidden patches, in DINOv2's training only
            report.exact("parameters nobody reads: " + unread, new long[] {unread.size()}, new long[1]);
            Map<String, Tensor> ours = encodings(golden, encoder, config.integer("patch_size"));
            ours.putAll(pictures(golden, Config.read(folder.path(part).resolve("preprocessor_config.json"))));
            for (String name : golden.names()) {
                if (ours.containsKey(name)) {
                    report.compare(name, ours.get(name), golden.tensor(name));
                } else if (!INPUTS.contains(name)) {
                    report.exact(name + " is not computed", new long[0], golden.shape(name));
                }
            }
        }
    }

    private static Map<String, Tensor> encodings(SafetensorsFile golden, DinoEncoder encoder, int patch) {
        Map<String, Tensor> ours = new HashMap<>();
        Tensor pixels = golden.tensor("pixel_values").copy().requiresGrad(true);
        DinoEncoding encoding = encoder.encode(pixels);
        for (int i = 0; i < encoding.states().size(); i++) {
            ours.put("hs." + i, encoding.states().get(i));
        }
        Tensor cls = encoding.cls();
        ours.put("last_hidden_state", encoding.last());
        ours.put("cls", cls);
        ours.put("pooler_output", cls);
        ours.put("cls_cosine", Tensor.of(new double[] {embedding(cls, 0).cosine(embedding(cls, 1))}, 1));
        ours.put(
                "grad.pixel_values",
                Gradients.of(cls, golden.tensor("g"), List.of(pixels), false).get(0));
        Tensor other = golden.tensor("other");
        long rows = other.size(2) / patch;
        long columns = other.size(3) / patch;
        ours.put("other.last_hidden_state", encoder.encode(other).last());
        ours.put("other.pos", encoder.positions(rows, columns, PositionRule.TARGET_SIZE));
        ours.put("other.pos_facebook", encoder.positions(rows, columns, PositionRule.SCALE_FACTOR));
        return ours;
    }

    private static Embedding embedding(Tensor features, int row) {
        return new Embedding(features.select(0, row).toFloats());
    }

    private static Map<String, Tensor> pictures(SafetensorsFile golden, Config processor) {
        Map<String, Tensor> ours = new HashMap<>();
        Raster image = VisionGolden.raster(golden.tensor("image"));
        ours.put("image.pixel_values", ImageProcessor.of(processor).apply(image));
        if (golden.metadata().containsKey("crop")) {
            DinoTransform transform = new DinoTransform(
                    Integer.parseInt(golden.metadata().get("resize")),
                    Integer.parseInt(golden.metadata().get("crop")));
            Raster cut = transform.cut(image);
            ours.put("image.dreambooth", transform.apply(image));
            ours.put("image.dreambooth_crop", Tensor.of(cut.samples(), cut.height(), cut.width(), cut.channels()));
        }
        return ours;
    }
}
