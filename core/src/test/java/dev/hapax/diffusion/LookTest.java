package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.AddedConditions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Looking into a U-Net as far as somebody wants to see. */
class LookTest {
    @Test
    void aLookGoesNoFurtherThanItsLastLayer() throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(LookTest.class.getResource("/goldens/sd-tiny"))
                .toURI());
        try (StableDiffusion model = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
                Scope scope = Scope.open()) {
            Tensor latents = new Rng(4).normal(Purpose.LATENTS, 0, 0, 1, 4, 8, 8);
            Condition prompt = model.text().encode("a photo of a red cup", List.of(), new ImageSize(16, 16));
            int count = model.unet().crossAttentionLayers().size();
            for (int last = 0; last < count; last++) {
                List<Integer> asked = new ArrayList<>();
                AttentionMaps shown = AttentionMaps.detached(LayerChoice.layers(last));
                AttentionProbe probe = new AttentionProbe() {
                    @Override
                    public boolean wants(AttentionLayer layer, Resolution resolution) {
                        asked.add(layer.index());
                        assertEquals(resolution, layer.resolution(8, 8));
                        return shown.wants(layer, resolution);
                    }

                    @Override
                    public void record(AttentionLayer layer, Resolution resolution, Tensor probabilities) {
                        shown.record(layer, resolution, probabilities);
                    }
                };
                AttentionMaps whole = AttentionMaps.detached(LayerChoice.layers(last));
                Tensor time = Tensor.scalar(500);
                model.unet().look(latents, time, prompt.text(), AddedConditions.NONE, probe, last);
                model.unet().predict(latents, time, prompt.text(), AddedConditions.NONE, whole);
                assertArrayEquals(
                        whole.recorded().get(0).probabilities().toFloats(),
                        shown.recorded().get(0).probabilities().toFloats());
                // down has one layer, the middle one, the way up two in one block
                assertEquals(Math.min(last + 1, 2) + (last > 1 ? 2 : 0), asked.size());
            }
        }
    }
}
