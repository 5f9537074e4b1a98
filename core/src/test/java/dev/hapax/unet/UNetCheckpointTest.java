package dev.hapax.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Checkpoint;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Segments;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpointing changes neither what the U-Net computes nor any gradient. */
class UNetCheckpointTest {
    private static final double CLOSE = 1e-6;

    /** Everything that may move: latents, text, and, unless they are frozen, all parameters. */
    private record Setup(UNet unet, Tensor latents, Tensor text, List<Tensor> leaves) {}

    private static Setup setup(boolean frozen, boolean linear) {
        Weights weights = Weights.of(new Initializer(1));
        UNet unet = UNet.of(Config.of(TinyUNet.config("use_linear_projection", linear)), weights);
        List<Tensor> leaves = new ArrayList<>();
        leaves.add(TinyUNet.noise(2, 2, 4, 8, 8).requiresGrad(true));
        leaves.add(TinyUNet.noise(1, 2, 5, 10).requiresGrad(true));
        if (!frozen) {
            weights.used().values().forEach(parameter -> leaves.add(parameter.requiresGrad(true)));
        }
        return new Setup(unet, leaves.get(0), leaves.get(1), leaves);
    }

    private static Tensor loss(Setup setup, Segments segments, boolean maps, int held) {
        AttentionMaps seen = AttentionMaps.withGradient(LayerChoice.at(Resolution.square(maps ? 8 : 1)));
        Tensor predicted = setup.unet()
                .predict(
                        setup.latents(),
                        TinyUNet.timestep(321),
                        TextContext.of(setup.text()).holding(held),
                        AddedConditions.NONE,
                        seen,
                        segments);
        Tensor loss = predicted.square().mean();
        return maps ? loss.plus(seen.at(Resolution.square(8)).of(3).square().sum()) : loss;
    }

    @ParameterizedTest
    @CsvSource({"false, false, false, 0", "false, true, true, 1", "true, false, true, 0", "true, true, false, 1"})
    void everyGradientIsTheSame(boolean frozen, boolean linear, boolean maps, int held) {
        // on two threads libtorch sums some gradients of biases in another order: 5e-9 apart where they are 8e-5
        Engine.withThreads(1, () -> compare(frozen, linear, maps, held));
    }

    private static List<Tensor> compare(boolean frozen, boolean linear, boolean maps, int held) {
        try (Scope scope = Scope.open()) {
            Setup setup = setup(frozen, linear);
            Tensor kept = loss(setup, Segments.KEPT, maps, held);
            Tensor checkpointed = loss(setup, new Checkpoint(), maps, held);
            assertEquals(kept.item(), checkpointed.item());
            List<Tensor> expected = Gradients.of(kept, setup.leaves());
            List<Tensor> found = Gradients.of(checkpointed, setup.leaves());
            for (int i = 0; i < expected.size(); i++) {
                float[] values = expected.get(i).toFloats();
                double largest = expected.get(i).abs().reshape(-1).max(false, 0).item();
                assertTrue(largest > 0, "leaf " + i + " has a gradient");
                assertArrayEquals(values, found.get(i).toFloats(), (float) (CLOSE * largest), "leaf " + i);
            }
            return List.of();
        }
    }
}
