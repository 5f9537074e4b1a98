package dev.hapax.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetAttentionTest {
    private static final Tensor TEXT = TinyUNet.noise(1, 2, 5, 10);

    @ParameterizedTest
    @CsvSource({"8, 8", "6, 10", "7, 9"})
    void lookingChangesNothing(int height, int width) {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            Tensor latents = TinyUNet.noise(2, 2, 4, height, width);
            Tensor plain = predict(unet, latents, TEXT, AttentionProbe.NONE);
            AttentionMaps maps = AttentionMaps.detached(LayerChoice.all());
            Tensor watched = predict(unet, latents, TEXT, maps);
            assertEquals(0, plain.minus(watched).abs().reshape(-1).max(false, 0).item(), 1e-5);
            assertEquals(7, maps.recorded().size());
            for (AttentionMaps.Recorded layer : maps.recorded()) {
                Resolution resolution = layer.resolution();
                int divisor = layer.layer().divisor();
                assertEquals((height + divisor - 1) / divisor, resolution.height());
                assertEquals((width + divisor - 1) / divisor, resolution.width());
                assertArrayEquals(
                        new long[] {2, 2, resolution.pixels(), 5},
                        layer.probabilities().shape());
                Tensor sums = layer.probabilities().sum(false, -1);
                assertEquals(0, sums.minus(1).abs().reshape(-1).max(false, 0).item(), 1e-5);
            }
            Resolution half = new Resolution((height + 1) / 2, (width + 1) / 2);
            assertArrayEquals(
                    new long[] {2, half.height(), half.width()},
                    maps.at(half).of(1, 2).shape());
        }
    }

    @Test
    void onlyWantedLayersShowThemselves() {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            AttentionMaps maps = AttentionMaps.detached(LayerChoice.at(Resolution.square(4)));
            predict(unet, TinyUNet.noise(2, 2, 4, 8, 8), TEXT, maps);
            assertEquals(
                    List.of(1, 3, 4),
                    maps.recorded().stream().map(layer -> layer.layer().index()).toList());
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> maps.at(Resolution.square(5)));
            String message = String.valueOf(error.getMessage());
            assertTrue(message.contains("5x5") && message.endsWith("8x8, 4x4, 2x2"), message);
        }
    }

    @Test
    void gradientsFlowThroughMapsOnlyIfAskedFor() {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8).requiresGrad(true);
            Tensor text = TEXT.copy().requiresGrad(true);
            AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.layers(2));
            predict(unet, latents, text, maps);
            Tensor loss = maps.at(Resolution.square(2)).of(3).square().sum();
            for (Tensor gradient : Gradients.of(loss, List.of(latents, text))) {
                assertTrue(gradient.abs().sum().item() > 0);
            }
            AttentionMaps values = AttentionMaps.detached(LayerChoice.layers(2));
            Tensor out = predict(unet, latents, text, values);
            assertFalse(values.at(Resolution.square(2)).values().requiresGrad());
            assertTrue(out.requiresGrad(), "the prediction keeps its gradient");
            assertEquals(
                    0,
                    values.at(Resolution.square(2))
                            .of(3)
                            .square()
                            .sum()
                            .minus(loss)
                            .item(),
                    1e-7);
        }
    }

    @Test
    void aMapDependsOnNoLaterLayer() {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.layers(2));
            List<Tensor> texts = java.util.stream.IntStream.range(0, 7)
                    .mapToObj(layer -> TEXT.copy().requiresGrad(true))
                    .toList();
            unet.predict(
                    TinyUNet.noise(2, 2, 4, 8, 8),
                    TinyUNet.timestep(9),
                    TextContext.perLayer(texts),
                    AddedConditions.NONE,
                    maps);
            Tensor loss = maps.at(Resolution.square(2)).of(3).square().sum();
            List<Tensor> gradients = Gradients.of(loss, texts);
            for (int layer = 0; layer < 7; layer++) {
                assertEquals(layer <= 2, gradients.get(layer).abs().sum().item() > 0, "layer " + layer);
            }
        }
    }

    private static Tensor predict(UNet unet, Tensor latents, Tensor text, AttentionProbe probe) {
        return unet.predict(latents, TinyUNet.timestep(321), TextContext.of(text), AddedConditions.NONE, probe);
    }
}
