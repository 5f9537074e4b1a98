package dev.hapax.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KandinskyUNetTest {

    /** Of 2.2, with attention at the finer of two resolutions too. */
    private static Map<String, Object> config(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "block_out_channels",
                List.of(8, 12),
                "down_block_types",
                List.of("SimpleCrossAttnDownBlock2D", "ResnetDownsampleBlock2D"),
                "up_block_types",
                List.of("ResnetUpsampleBlock2D", "SimpleCrossAttnUpBlock2D"),
                "mid_block_type",
                "UNetMidBlock2DSimpleCrossAttn",
                "layers_per_block",
                List.of(2, 1),
                "attention_head_dim",
                4,
                "cross_attention_dim",
                6,
                "norm_num_groups",
                4,
                "out_channels",
                8,
                "resnet_time_scale_shift",
                "scale_shift"));
        config.putAll(
                Map.of("encoder_hid_dim", 5, "encoder_hid_dim_type", "image_proj", "addition_embed_type", "image"));
        config.putAll(more);
        return config;
    }

    private static KandinskyUNet unet(Map<String, Object> more) {
        return KandinskyUNet.of(Config.of(config(more)), Weights.of(new Initializer(1)));
    }

    private static final Map<String, Object> WITH_TEXT =
            Map.of("encoder_hid_dim_type", "text_image_proj", "addition_embed_type", "text_image");

    @Test
    void everythingThatItIsToldChangesThePrediction() {
        try (Scope scope = Scope.open()) {
            Tensor latents = TinyUNet.noise(1, 2, 4, 4, 6);
            Tensor time = TinyUNet.timestep(500);
            Tensor image = TinyUNet.noise(2, 2, 6);
            Tensor text = TinyUNet.noise(3, 2, 3, 5);
            Tensor pooled = TinyUNet.noise(4, 2, 6);
            KandinskyUNet unet = unet(WITH_TEXT);
            Tensor out = unet.predict(latents, time, ImageConditions.of(image, text, pooled));
            assertArrayEquals(new long[] {2, 8, 4, 6}, out.shape());
            for (ImageConditions other : List.of(
                    ImageConditions.of(image.times(2), text, pooled),
                    ImageConditions.of(image, text.times(2), pooled),
                    ImageConditions.of(image, text, pooled.times(2)))) {
                assertTrue(difference(out, unet.predict(latents, time, other)) > 1e-5);
            }
            assertTrue(difference(
                            out, unet.predict(latents, TinyUNet.timestep(3), ImageConditions.of(image, text, pooled)))
                    > 1e-5);
        }
    }

    @Test
    void aBatchIsItsItems() {
        try (Scope scope = Scope.open()) {
            KandinskyUNet unet = unet(Map.of());
            Tensor latents = TinyUNet.noise(1, 2, 4, 4, 4);
            Tensor image = TinyUNet.noise(2, 2, 5);
            Tensor time = TinyUNet.timestep(500);
            ImageConditions first = ImageConditions.of(image.narrow(0, 0, 1));
            ImageConditions second = ImageConditions.of(image.narrow(0, 1, 1));
            Tensor both = unet.predict(latents, time, first.then(second));
            Tensor alone = unet.predict(latents.narrow(0, 1, 1), time, second);
            assertTrue(difference(both.narrow(0, 1, 1), alone) < 1e-5);
        }
    }

    @Test
    void attentionMayBeToldToSeeTheContextAlone() {
        try (Scope scope = Scope.open()) {
            Tensor latents = TinyUNet.noise(1, 1, 4, 4, 4);
            ImageConditions image = ImageConditions.of(TinyUNet.noise(2, 1, 5));
            Tensor time = TinyUNet.timestep(500);
            Tensor all = unet(Map.of()).predict(latents, time, image);
            Tensor context = unet(Map.of("only_cross_attention", true)).predict(latents, time, image);
            assertTrue(difference(all, context) > 1e-6);
        }
    }

    private static double difference(Tensor one, Tensor other) {
        return one.minus(other).abs().reshape(-1).max(false, 0).item();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Scope scope = Scope.open()) {
            Tensor latents = TinyUNet.noise(1, 1, 4, 4, 4);
            Tensor time = TinyUNet.timestep(1);
            ImageConditions image = ImageConditions.of(TinyUNet.noise(2, 1, 5));
            ImageConditions text =
                    ImageConditions.of(TinyUNet.noise(2, 1, 6), TinyUNet.noise(3, 1, 3, 5), TinyUNet.noise(4, 1, 6));
            refused("got a text too", () -> unet(Map.of()).predict(latents, time, text));
            refused("(Kandinsky 2.1), got none", () -> unet(WITH_TEXT).predict(latents, time, image));
            refused(
                    "latents of 3 x 4 cannot be halved 1 times; sides must be multiples of 2",
                    () -> unet(Map.of()).predict(TinyUNet.noise(1, 1, 4, 4, 3), time, image));
            refused(
                    "image embeddings must have shape [1, 5], got [1, 6]",
                    () -> unet(Map.of()).predict(latents, time, ImageConditions.of(TinyUNet.noise(2, 1, 6))));
            refused("do not make one batch", () -> image.then(text));
        }
    }

    private static void refused(String part, Runnable body) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, body::run).getMessage());
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resnet_time_scale_shift|default",
                "mid_block_type|UNetMidBlock2DCrossAttn",
                "encoder_hid_dim_type|ip_image_proj",
                "addition_embed_type|text_time",
                "class_embed_type|timestep",
                "attention_head_dim|5",
                "norm_num_groups|5",
                "act_fn|mish",
                "encoder_hidden_dim|4",
            })
    void configurationsOfOthersAreRefused(String key, String value) {
        Object given = value.matches("\\d+") ? Integer.valueOf(value) : value;
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> unet(Map.of(key, given)))
                .getMessage());
        assertTrue(message.contains(key) && message.contains(value), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void textAndImageMustEnterBothWays() {
        assertThrows(CheckpointException.class, () -> unet(Map.of("encoder_hid_dim_type", "text_image_proj")));
    }
}
