package dev.hapax.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Segments;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetTest {
    private static final Tensor TEXT = TinyUNet.noise(1, 2, 5, 10);

    @ParameterizedTest
    @CsvSource({"8, 8", "7, 9", "4, 12", "5, 6", "1, 3", "16, 2"})
    void everyLatentSizeComesBack(int height, int width) {
        try (Scope scope = Scope.open()) {
            for (int padding : new int[] {0, 1}) {
                if (padding == 0 && Math.min(height, width) < 4) {
                    continue; // rounds down: nothing would be left
                }
                UNet unet = TinyUNet.of(TinyUNet.config("downsample_padding", padding));
                Tensor out = predict(unet, TinyUNet.noise(2, 2, 4, height, width), TextContext.of(TEXT));
                assertArrayEquals(new long[] {2, 4, height, width}, out.shape());
                assertTrue(out.square().mean().item() > 0);
            }
        }
    }

    @Test
    void theConfiguredActivationIsAlsoThatOfTheTimestep() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            UNet unet = UNet.of(Config.of(TinyUNet.config("act_fn", "relu")), weights);
            Tensor bias = weights.used().get("time_embedding.linear_1.bias");
            bias.assign(bias.minus(10)); // a rectifier lets nothing through any more
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8);
            float[] early = unet.predict(latents, TinyUNet.timestep(900), TextContext.of(TEXT))
                    .toFloats();
            assertArrayEquals(
                    early,
                    unet.predict(latents, TinyUNet.timestep(3), TextContext.of(TEXT))
                            .toFloats());
        }
    }

    @Test
    void anyArchitectureIsBuiltFromItsConfiguration() {
        Map<String, Object> config = TinyUNet.config();
        config.putAll(Map.of(
                "in_channels", 9,
                "out_channels", 3,
                "block_out_channels", List.of(8, 16, 8, 24),
                "down_block_types",
                        List.of("DownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"),
                "up_block_types", List.of("CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
                "layers_per_block", List.of(1, 2, 3, 1),
                "transformer_layers_per_block", List.of(1, 2, 1, 3),
                "attention_head_dim", List.of(1, 3, 2, 5)));
        config.put("conv_in_kernel", 5);
        config.put("mid_block_scale_factor", 1.5);
        config.put("center_input_sample", true);
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(config);
            Tensor out = predict(unet, TinyUNet.noise(2, 2, 9, 8, 8), TextContext.of(TEXT));
            assertArrayEquals(new long[] {2, 3, 8, 8}, out.shape());
            // down: 2 transformers of 2 blocks, 1 of 3; mid: 1 of 3; up: 2 of 3, 3 of 2
            assertEquals(
                    2 * 2 + 3 + 3 + 2 * 3 + 3 * 2, unet.crossAttentionLayers().size());
        }
    }

    @Test
    void layersAreNumberedInExecutionOrder() {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            List<Integer> asked = new ArrayList<>();
            predict(unet, TinyUNet.noise(2, 2, 4, 8, 8), layer -> {
                asked.add(layer);
                return TEXT;
            });
            List<AttentionLayer> layers = unet.crossAttentionLayers();
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), asked);
            assertEquals(
                    List.of("down_blocks.0", "down_blocks.1", "mid_block", "up_blocks.1", "up_blocks.1"),
                    layers.subList(0, 5).stream()
                            .map(layer -> layer.name().split("\\.attentions", -1)[0])
                            .toList());
            assertEquals(
                    "up_blocks.2.attentions.1.transformer_blocks.0.attn2",
                    layers.get(6).name());
            assertEquals(
                    List.of(1, 2, 4, 2, 2, 1, 1),
                    layers.stream().map(AttentionLayer::divisor).toList());
            assertTrue(layers.stream().allMatch(layer -> layer.textWidth() == 10));
        }
    }

    @Test
    void theSameTextInEveryLayerIsPlainText() {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8);
            List<Tensor> texts = new ArrayList<>(Collections.nCopies(7, TEXT));
            Tensor plain = predict(unet, latents, TextContext.of(TEXT));
            assertEquals(0, distance(plain, predict(unet, latents, TextContext.perLayer(texts))));
            for (int layer = 0; layer < 7; layer++) { // and each layer does read its own
                texts.set(layer, TinyUNet.noise(9, 2, 3, 10));
                assertTrue(
                        distance(plain, predict(unet, latents, TextContext.perLayer(texts))) > 1e-5, "layer " + layer);
                texts.set(layer, TEXT);
            }
        }
    }

    @Test
    void itemsOfABatchDoNotSeeEachOther() {
        try (Scope scope = Scope.open()) {
            UNet unet = TinyUNet.of(TinyUNet.config());
            Tensor latents = TinyUNet.noise(2, 2, 4, 6, 8);
            Tensor timesteps = Tensor.of(new long[] {3, 700}, 2);
            Tensor both = predict(unet, latents, timesteps, TextContext.of(TEXT));
            for (int i = 0; i < 2; i++) {
                Tensor alone = predict(
                        unet, latents.narrow(0, i, 1), timesteps.narrow(0, i, 1), TextContext.of(TEXT.narrow(0, i, 1)));
                assertEquals(0, distance(both.narrow(0, i, 1), alone), 1e-6);
            }
            Tensor one = predict(unet, latents, Tensor.of(new double[] {3.0}), TextContext.of(TEXT));
            assertEquals(0, distance(both.narrow(0, 0, 1), one.narrow(0, 0, 1)), 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flip_sin_to_cos, false",
        "freq_shift, 1",
        "center_input_sample, true",
        "mid_block_scale_factor, 2",
        "act_fn, gelu",
        "norm_eps, 0.5",
        "downsample_padding, 0",
        "norm_num_groups, 2",
        "attention_head_dim, 4"
    })
    void everySettingReachesTheNetwork(String key, String value) throws JsonProcessingException {
        Object given = key.equals("act_fn") ? value : new ObjectMapper().readValue(value, Object.class);
        try (Scope scope = Scope.open()) {
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8);
            Tensor plain = predict(TinyUNet.of(TinyUNet.config()), latents, TextContext.of(TEXT));
            Tensor other = predict(TinyUNet.of(TinyUNet.config(key, given)), latents, TextContext.of(TEXT));
            assertTrue(distance(plain, other) > 1e-5, key);
        }
    }

    @Test
    void centredLatentsAreScaledFirst() {
        try (Scope scope = Scope.open()) {
            UNet centred = TinyUNet.of(TinyUNet.config("center_input_sample", true));
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8);
            Tensor plain =
                    predict(TinyUNet.of(TinyUNet.config()), latents.times(2).minus(1), TextContext.of(TEXT));
            assertEquals(0, distance(plain, predict(centred, latents, TextContext.of(TEXT))));
        }
    }

    @Test
    void theMiddleDividesItsSums() {
        try (Scope scope = Scope.open()) {
            UNetConfig config = UNetConfig.of(Config.of(TinyUNet.config()));
            Conditions conditions =
                    new Conditions(TinyUNet.noise(3, 2, 32), List.of(), 0, AttentionProbe.NONE, Segments.KEPT);
            Tensor x = TinyUNet.noise(2, 2, 8, 3, 3);
            Tensor whole = ResnetBlock.of(config, Weights.of(new Initializer(1)), 8, 8, 1)
                    .apply(x, conditions);
            Tensor half = ResnetBlock.of(config, Weights.of(new Initializer(1)), 8, 8, 2)
                    .apply(x, conditions);
            assertEquals(0, distance(whole, half.times(2)), 1e-6);
        }
    }

    @Test
    void parametersHaveTheNamesOfDiffusers() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            UNet.of(Config.of(TinyUNet.config("use_linear_projection", true)), weights);
            Map<String, Tensor> used = weights.used();
            Tensor last = Objects.requireNonNull(used.get("up_blocks.2.attentions.1.proj_out.weight"));
            assertArrayEquals(new long[] {8, 8}, last.shape());
            for (String name : List.of(
                    "conv_in.weight",
                    "time_embedding.linear_2.bias",
                    "down_blocks.0.downsamplers.0.conv.weight",
                    "down_blocks.1.resnets.0.conv_shortcut.weight",
                    "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0.bias",
                    "mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj.weight",
                    "mid_block.resnets.1.time_emb_proj.weight",
                    "up_blocks.0.upsamplers.0.conv.bias",
                    "up_blocks.2.resnets.1.conv_shortcut.bias",
                    "conv_norm_out.weight",
                    "conv_out.bias")) {
                assertTrue(used.containsKey(name), name);
            }
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        try (Scope scope = Scope.open()) {
            UNet plain = TinyUNet.of(TinyUNet.config());
            Tensor latents = TinyUNet.noise(2, 2, 4, 8, 8);
            assertMessage(
                    "latents must have shape",
                    () -> predict(plain, TinyUNet.noise(2, 2, 3, 8, 8), TextContext.of(TEXT)));
            assertMessage(
                    "the text of layer 0 must have shape [2, -1, 10], got [2, 5, 11]",
                    () -> predict(plain, latents, TextContext.of(TinyUNet.noise(1, 2, 5, 11))));
            assertMessage("text of layer 1", () -> predict(plain, latents, TextContext.perLayer(List.of(TEXT))));
            assertMessage(
                    "timesteps must have shape [2], got [3]",
                    () -> predict(plain, latents, Tensor.range(3), TextContext.of(TEXT)));
            AddedConditions added = new AddedConditions.TextTime(TinyUNet.noise(3, 2, 4), TinyUNet.noise(4, 2, 6));
            assertMessage(
                    "needs no added conditions",
                    () -> plain.predict(
                            latents, TinyUNet.timestep(1), TextContext.of(TEXT), added, AttentionProbe.NONE));
            Map<String, Object> unclip = TinyUNet.config("class_embed_type", "projection");
            unclip.put("projection_class_embeddings_input_dim", 6);
            assertMessage(
                    "needs an image embedding with its noise level",
                    () -> predict(TinyUNet.of(unclip), latents, TextContext.of(TEXT)));
            Map<String, Object> config = TinyUNet.config("addition_embed_type", "text_time");
            config.put("addition_time_embed_dim", 2);
            config.put("projection_class_embeddings_input_dim", 4 + 6 * 2);
            UNet textTime = TinyUNet.of(config);
            assertMessage("needs a pooled text and time ids", () -> predict(textTime, latents, TextContext.of(TEXT)));
            Tensor out =
                    textTime.predict(latents, TinyUNet.timestep(1), TextContext.of(TEXT), added, AttentionProbe.NONE);
            assertArrayEquals(latents.shape(), out.shape());
        }
    }

    private static void assertMessage(String part, Executable body) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, body).getMessage());
        assertTrue(message.contains(part), message);
    }

    private static Tensor predict(UNet unet, Tensor latents, TextContext text) {
        return predict(unet, latents, TinyUNet.timestep(321), text);
    }

    private static Tensor predict(UNet unet, Tensor latents, Tensor timesteps, TextContext text) {
        return unet.predict(latents, timesteps, text);
    }

    private static double distance(Tensor a, Tensor b) {
        return a.minus(b).abs().reshape(-1).max(false, 0).item();
    }
}
