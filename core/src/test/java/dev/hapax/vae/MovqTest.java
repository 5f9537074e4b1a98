package dev.hapax.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovqTest {

    private static Map<String, Object> config(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "block_out_channels",
                List.of(8, 16, 16),
                "down_block_types",
                List.of("DownEncoderBlock2D", "AttnDownEncoderBlock2D", "DownEncoderBlock2D"),
                "up_block_types",
                List.of("UpDecoderBlock2D", "AttnUpDecoderBlock2D", "UpDecoderBlock2D"),
                "latent_channels",
                4,
                "vq_embed_dim",
                3,
                "num_vq_embeddings",
                10,
                "norm_num_groups",
                4,
                "norm_type",
                "group"));
        config.putAll(more);
        return config;
    }

    private static Movq movq(Map<String, Object> more) {
        return Movq.of(Config.of(config(more)), Weights.of(new Initializer(1)));
    }

    private static Tensor noise(long... shape) {
        return new Rng(3).normal(Purpose.NOISE, 0, 0, shape);
    }

    @Test
    void imagesBecomeLatentsAndLatentsImages() {
        try (Scope scope = Scope.open()) {
            Movq movq = movq(Map.of());
            assertEquals(4, movq.reduction());
            Tensor latents = movq.encode(noise(2, 3, 16, 8));
            assertArrayEquals(new long[] {2, 3, 4, 2}, latents.shape());
            assertArrayEquals(new long[] {2, 3, 16, 8}, movq.decode(latents).shape());
        }
    }

    @Test
    void theDecoderKeepsLookingAtTheLatentsWhereItIsSpatial() {
        try (Scope scope = Scope.open()) {
            Movq movq = movq(
                    Map.of("norm_type", "spatial", "block_out_channels", List.of(32, 32, 32), "norm_num_groups", 8));
            Tensor latents = noise(1, 3, 4, 4);
            Tensor half = latents.copy();
            half.narrow(3, 2, 2).timesInPlace(3); // a change at the right
            Tensor change = movq.decode(latents).minus(movq.decode(half)).abs();
            assertTrue(change.narrow(3, 12, 4).mean().item() > 1e-4);
        }
    }

    @Test
    void theNearestVectorsOfTheCodebookAreFound() {
        try (Scope scope = Scope.open()) {
            Movq movq = movq(Map.of());
            Tensor codes = Tensor.of(new long[] {0, 9, 4, 7, 7, 1}, 1, 2, 3);
            Tensor exact = movq.quantised(codes); // (1, 3, 2, 3)
            assertArrayEquals(codes.toLongs(), movq.nearest(exact).toLongs());
            Tensor near = exact.plus(noise(1, 3, 2, 3).times(1e-4));
            assertArrayEquals(codes.toLongs(), movq.nearest(near).toLongs());
        }
    }

    @Test
    void configurationsOfOthersAreRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("norm_type", "layer"),
                Map.of("_class_name", "AutoencoderKL"),
                Map.of("norm_type", "spatial"), // 8 channels are no multiple of 32
                Map.of("up_block_types", List.of("UpDecoderBlock2D")),
                Map.of("norm_group", 4))) {
            assertThrows(CheckpointException.class, () -> movq(wrong), wrong::toString);
        }
    }
}
