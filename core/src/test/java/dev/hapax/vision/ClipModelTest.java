package dev.hapax.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClipModelTest {
    private static final Map<String, Object> TEXT = Map.of(
            "vocab_size", 11,
            "hidden_size", 6,
            "num_hidden_layers", 1,
            "num_attention_heads", 3,
            "intermediate_size", 10,
            "max_position_embeddings", 5);
    private static final Map<String, Object> VISION = Map.of(
            "hidden_size", 8,
            "num_hidden_layers", 1,
            "num_attention_heads", 2,
            "intermediate_size", 10,
            "image_size", 9,
            "patch_size", 3);

    @Test
    void isMadeFromScratch() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            ClipModel clip = ClipModel.of(
                    Config.of(Map.of("projection_dim", 4, "text_config", TEXT, "vision_config", VISION)), weights);
            Tensor pixels = new Rng(2).normal(Purpose.NOISE, 0, 0, 2, 3, 9, 9);
            ImageEncoding images = clip.image().encode(pixels);
            assertArrayEquals(new long[] {2, 10, 8}, images.last().shape());
            assertArrayEquals(new long[] {2, 4}, images.projected().shape());
            Tensor texts = clip.text()
                    .encode(Tensor.of(new long[] {9, 1, 10, 9, 2, 10}, 2, 3), null, null)
                    .projected()
                    .orElseThrow();
            Tensor logits = clip.logitsPerImage(images.projected(), texts);
            assertArrayEquals(new long[] {2, 2}, logits.shape());
            double largest = logits.abs().max(false, 0, 1).item();
            assertTrue(largest <= clip.logitScale().exp().item() * 1.00001, "cosines are at most 1");
            assertTrue(weights.used().containsKey("vision_model.pre_layrnorm.weight"));
        }
    }

    @Test
    void theLossIsThatOfTheDiagonal() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new double[] {1, 2, 3, 5}, 2, 2);
            double rows = (ce(1, 2) + ce(5, 3)) / 2;
            double columns = (ce(1, 3) + ce(5, 2)) / 2;
            assertEquals((rows + columns) / 2, ClipModel.contrastiveLoss(logits).item(), 1e-12);
        }
    }

    private static double ce(double own, double other) {
        return Math.log(1 + Math.exp(other - own));
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        try (Scope scope = Scope.open()) {
            ClipVisionEncoder encoder = ClipVisionEncoder.of(Config.of(VISION), Weights.of(new Initializer(1)), 4);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> encoder.encode(Tensor.zeros(DType.FLOAT32, 1, 3, 9, 12)))
                    .getMessage();
            assertEquals("pixels must have shape [-1, 3, 9, 9], got [1, 3, 9, 12]", message);
        }
    }
}
