package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.Raster;
import dev.hapax.vision.ask.Vilt;
import dev.hapax.vision.ask.ViltImageProcessor;
import dev.hapax.vision.ask.ViltInput;
import dev.hapax.vision.ask.ViltStates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code vilt-vqa/golden/vilt_vqa.safetensors}: ViLT on two padded pairs and on each alone, and its image processor. */
final class ViltGolden implements GoldenCheck {
    private static final Set<String> INPUTS = Set.of(
            "pixel_values",
            "pixel_mask",
            "input_ids",
            "attention_mask",
            "token_type_ids",
            "labels",
            "image.0",
            "image.1");

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/vilt_vqa.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Config config = folder.config(ModelFolder.ROOT);
            Weights weights = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
            Vilt model = Vilt.of(config, weights);
            report.exact(
                    "parameters nobody reads: " + weights.unused(),
                    new long[] {weights.unused().size()},
                    new long[1]);
            Map<String, Tensor> ours = new HashMap<>();
            ViltInput both = new ViltInput(
                    new PictureBatch(golden.tensor("pixel_values"), golden.tensor("pixel_mask")),
                    golden.tensor("input_ids"),
                    golden.tensor("token_type_ids"),
                    golden.tensor("attention_mask"));
            ViltStates states = model.states(both);
            Tensor logits = model.logits(states);
            ours.put("logits", logits);
            ours.put("loss", Vilt.loss(logits, golden.tensor("labels")));
            ours.put("pooler_output", states.pooled());
            ours.put("text_states", states.words());
            ours.put("image_cls_state", states.patches().select(1, 0));
            for (int i = 0; i < both.ids().size(0); i++) {
                alone(model, both, i, config.integer("patch_size"), ours);
            }
            pictures(golden, Config.read(folder.root().resolve("preprocessor_config.json")), ours);
            report.all(ours, golden, INPUTS);
        }
    }

    /** One pair without the padding of the other. */
    private static void alone(Vilt model, ViltInput both, int i, int patch, Map<String, Tensor> ours) {
        Tensor mask = both.pictures().mask().select(0, i).to(DType.FLOAT32);
        long height = (long) mask.select(1, 0).sum().item();
        long width = (long) mask.select(0, 0).sum().item();
        long tokens = (long) both.mask().select(0, i).to(DType.FLOAT32).sum().item();
        Tensor pixels =
                both.pictures().pixels().narrow(0, i, 1).narrow(2, 0, height).narrow(3, 0, width);
        Tensor ids = both.ids().narrow(0, i, 1).narrow(1, 0, tokens);
        Tensor segments = both.segments().narrow(0, i, 1).narrow(1, 0, tokens);
        ViltInput one = new ViltInput(PictureBatch.whole(pixels), ids, segments, Tensor.ones(DType.FLOAT32, 1, tokens));
        String name = "single." + i + ".";
        ours.put(name + "logits", model.logits(model.states(one)));
        ours.put(name + "pos", model.places(height / patch, width / patch));
        ours.put(name + "text_embeddings", model.question(ids, segments));
    }

    private static void pictures(SafetensorsFile golden, Config config, Map<String, Tensor> ours) {
        List<Raster> pictures = new ArrayList<>();
        for (int i = 0; golden.names().contains("image." + i); i++) {
            pictures.add(VisionGolden.raster(golden.tensor("image." + i)));
        }
        PictureBatch batch = ViltImageProcessor.of(config).apply(pictures);
        ours.put("image.pixel_values", batch.pixels());
        ours.put("image.pixel_mask", batch.mask());
    }
}
