package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipImageProcessor;
import dev.hapax.vision.ClipModel;
import dev.hapax.vision.ImageEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code clip.safetensors}: a whole CLIP, its loss and the gradients of its weights. */
final class ClipGolden implements GoldenCheck {
    private static final String GRADIENT = "grad.w.";

    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().equals("clip.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Weights weights = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
            ClipModel clip = ClipModel.of(folder.config(ModelFolder.ROOT), weights);
            report.exact("parameters nobody reads", new long[] {weights.unused().size()}, new long[1]);
            compareIds(golden, folder, clip, report);
            weights.used().values().forEach(weight -> weight.requiresGrad(true));
            TextEncoding texts = clip.text().encode(golden.tensor("input_ids"), null, golden.tensor("attention_mask"));
            ImageEncoding images = clip.image().encode(golden.tensor("pixel_values"));
            Tensor textFeatures = texts.projected().orElseThrow();
            Tensor logits = clip.logitsPerImage(images.projected(), textFeatures);
            Tensor loss = ClipModel.contrastiveLoss(logits);
            report.compare("text_model_output", texts.last(), golden.tensor("text_model_output"));
            report.compare("text_pooled", texts.pooled(), golden.tensor("text_pooled"));
            report.compare("text_features", textFeatures, golden.tensor("text_features"));
            report.compare("text_embeds", ClipModel.normalised(textFeatures), golden.tensor("text_embeds"));
            report.compare("vision_model_output", images.last(), golden.tensor("vision_model_output"));
            report.compare("vision_pooled", images.pooled(), golden.tensor("vision_pooled"));
            report.compare("image_features", images.projected(), golden.tensor("image_features"));
            report.compare("image_embeds", ClipModel.normalised(images.projected()), golden.tensor("image_embeds"));
            report.compare("logits_per_image", logits, golden.tensor("logits_per_image"));
            report.compare("loss", loss, golden.tensor("loss"));
            compareGradients(golden, weights, loss, report);
            Config processor = Config.read(folder.path(ModelFolder.ROOT).resolve("preprocessor_config.json"));
            Tensor image = golden.tensor("image");
            report.compare(
                    "image.pixel_values",
                    ClipImageProcessor.of(processor).apply(VisionGolden.raster(image)),
                    golden.tensor("image.pixel_values"));
        }
    }

    /** Prompts are padded to the longest of them only. */
    private static void compareIds(SafetensorsFile golden, ModelFolder folder, ClipModel clip, GoldenReport report)
            throws IOException {
        Tensor reference = golden.tensor("input_ids");
        try (Tokenizer tokenizer =
                Tokenizer.open(folder.path(ModelFolder.ROOT), clip.text().maxTokens())) {
            List<Long> ids = new ArrayList<>();
            List<Long> mask = new ArrayList<>();
            for (String prompt : TextGolden.prompts(golden)) {
                TokenIds tokens = tokenizer.encode(prompt);
                for (int i = 0; i < reference.size(1); i++) {
                    ids.add(tokens.ids()[i]);
                    mask.add(i < tokens.length() ? 1L : 0L);
                }
            }
            report.exact("input_ids", longs(ids), reference.toLongs());
            report.exact(
                    "attention_mask",
                    longs(mask),
                    golden.tensor("attention_mask").toLongs());
        }
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static void compareGradients(SafetensorsFile golden, Weights weights, Tensor loss, GoldenReport report) {
        List<String> names = golden.names().stream()
                .filter(name -> name.startsWith(GRADIENT))
                .toList();
        List<Tensor> leaves = names.stream()
                .map(name -> weights.used().get(name.substring(GRADIENT.length())))
                .toList();
        List<Tensor> gradients = Gradients.of(loss, leaves);
        for (int i = 0; i < names.size(); i++) {
            report.compare(names.get(i), gradients.get(i), golden.tensor(names.get(i)));
        }
    }
}
