package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.DinoEncoder;
import dev.hapax.vision.DinoTransform;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DinoJudgeTest {
    private static final DinoTransform TRANSFORM = new DinoTransform(26, 24);

    private static Path model() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(DinoJudgeTest.class.getResource("/goldens/dino/vits16"))
                .toURI());
    }

    private static BufferedImage picture(int seed) {
        BufferedImage picture = new BufferedImage(30, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1200; i++) {
            picture.setRGB(i % 30, i / 30, (i * (7919 + 131 * seed)) & 0xFFFFFF);
        }
        return picture;
    }

    @Test
    void theScoreIsTheMeanCosineOfAllPairs() throws URISyntaxException {
        List<BufferedImage> drawn = List.of(picture(1), picture(2));
        List<BufferedImage> real = List.of(picture(3), picture(4), picture(5));
        try (DinoJudge judge = DinoJudge.open(model(), TRANSFORM)) {
            double sum = 0;
            for (BufferedImage x : drawn) {
                for (BufferedImage y : real) {
                    sum += cosine(feature(x), feature(y));
                }
            }
            assertEquals(sum / 6, judge.similarity(drawn, real), 1e-5);
            assertNotEquals(1, sum / 6, 1e-3);
            assertEquals(1, judge.similarity(real.subList(0, 1), real.subList(0, 1)), 1e-6);
            assertEquals(
                    "the DINO score needs at least one drawn image and one real picture, got 0 and 3",
                    assertThrows(IllegalArgumentException.class, () -> judge.similarity(List.of(), real))
                            .getMessage());
        }
    }

    private static double cosine(double[] x, double[] y) {
        double product = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            product += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        return product / Math.sqrt(xx * yy);
    }

    /** The first token after the last norm, in fp64. */
    private static double[] feature(BufferedImage picture) throws URISyntaxException {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(model())) {
            DinoEncoder encoder =
                    DinoEncoder.of(folder.config(ModelFolder.ROOT), folder.weights(ModelFolder.ROOT, DType.FLOAT64));
            Tensor last = encoder.encode(TRANSFORM.apply(Raster.of(picture))).last();
            return last.select(1, 0).reshape(-1).toDoubles();
        }
    }

    @Test
    void theFoldersOwnProcessorIsTheDefault() throws URISyntaxException {
        try (DinoJudge own = DinoJudge.open(model());
                DinoJudge other = DinoJudge.open(model(), TRANSFORM)) {
            assertNotEquals(1, own.of(picture(1)).cosine(other.of(picture(1))), 1e-4);
        }
    }

    @Test
    void filesWithTheOriginalNamesAreJudgedAlike(@TempDir Path folder) throws IOException, URISyntaxException {
        for (String name : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(model().resolve(name), folder.resolve(name));
        }
        try (Scope scope = Scope.open();
                ModelFolder transformers = ModelFolder.open(model())) {
            Weights weights = transformers.weights(ModelFolder.ROOT, DType.FLOAT32);
            DinoEncoder.of(transformers.config(ModelFolder.ROOT), weights);
            SafetensorsWriter.write(folder.resolve("model.safetensors"), original(weights.used()), Map.of());
        }
        try (DinoJudge judge = DinoJudge.open(folder);
                DinoJudge expected = DinoJudge.open(model())) {
            assertArrayEquals(
                    expected.of(picture(1)).values(), judge.of(picture(1)).values(), 1e-6f);
        }
    }

    private static Map<String, Tensor> original(Map<String, Tensor> transformers) {
        Map<String, Tensor> result = new LinkedHashMap<>();
        transformers.forEach((name, tensor) -> {
            String renamed = name.replace("embeddings.position_embeddings", "pos_embed")
                    .replace("embeddings.patch_embeddings.projection", "patch_embed.proj")
                    .replace("embeddings.", "")
                    .replace("encoder.layer", "blocks")
                    .replace("layernorm_before", "norm1")
                    .replace("layernorm_after", "norm2")
                    .replace("layernorm", "norm")
                    .replace("attention.output.dense", "attn.proj")
                    .replace("intermediate.dense", "mlp.fc1")
                    .replace("output.dense", "mlp.fc2");
            if (name.contains("attention.query")) {
                List<Tensor> parts = List.of("query", "key", "value").stream()
                        .map(part -> Objects.requireNonNull(transformers.get(name.replace("query", part))))
                        .toList();
                result.put(renamed.replace("attention.attention.query", "attn.qkv"), Tensor.cat(parts, 0));
            } else if (!name.contains("attention.attention")) {
                result.put(renamed, tensor);
            }
        });
        return result;
    }
}
