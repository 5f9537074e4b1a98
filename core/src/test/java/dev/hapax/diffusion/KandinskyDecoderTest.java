package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.ImageConditions;
import dev.hapax.unet.KandinskyUNet;
import dev.hapax.vae.Movq;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KandinskyDecoderTest {

    private static KandinskyDecoder decoder(int outChannels, String variance, double guidance) {
        Map<String, Object> unet = new HashMap<>(Map.of(
                "block_out_channels",
                List.of(8, 8),
                "down_block_types",
                List.of("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
                "up_block_types",
                List.of("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
                "mid_block_type",
                "UNetMidBlock2DSimpleCrossAttn",
                "layers_per_block",
                1,
                "attention_head_dim",
                4,
                "cross_attention_dim",
                6,
                "norm_num_groups",
                4,
                "out_channels",
                outChannels,
                "resnet_time_scale_shift",
                "scale_shift"));
        unet.putAll(Map.of("encoder_hid_dim", 5, "encoder_hid_dim_type", "image_proj", "addition_embed_type", "image"));
        Map<String, Object> movq = Map.of(
                "block_out_channels", List.of(8, 8),
                "down_block_types", List.of("DownEncoderBlock2D", "AttnDownEncoderBlock2D"),
                "up_block_types", List.of("AttnUpDecoderBlock2D", "UpDecoderBlock2D"),
                "latent_channels", 4,
                "norm_num_groups", 4);
        Map<String, Object> scheduler = Map.of(
                "_class_name",
                "DDPMScheduler",
                "beta_start",
                0.00085,
                "beta_end",
                0.012,
                "beta_schedule",
                "linear",
                "clip_sample",
                false,
                "variance_type",
                variance);
        Weights strong = Weights.of(new Initializer(2));
        Movq decoding = Movq.of(Config.of(movq), strong);
        Tensor last = strong.used().get("decoder.conv_out.weight");
        last.assign(last.times(100)); // far beyond [0, 1]
        return new KandinskyDecoder(
                KandinskyUNet.of(Config.of(unet), Weights.of(new Initializer(1))),
                decoding,
                Samplers.of(Config.of(scheduler)),
                3,
                guidance);
    }

    private static Tensor noise(long which, long... shape) {
        return new Rng(5).normal(Purpose.NOISE, 0, which, shape);
    }

    private static Tensor sample(KandinskyDecoder decoder, double of, double instead) {
        long[] draws = {10};
        return decoder.sample(
                ImageConditions.of(noise(1, 1, 5).times(of)),
                ImageConditions.of(noise(2, 1, 5).times(instead)),
                noise(3, 1, 4, 4, 4),
                () -> noise(draws[0]++, 1, 4, 4, 4),
                x -> {});
    }

    @Test
    void guidanceLeadsAwayFromTheOther() {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            for (String variance : List.of("fixed_small", "learned_range")) {
                KandinskyDecoder plain = decoder(8, variance, 1);
                KandinskyDecoder guided = decoder(8, variance, 3);
                Tensor alone = sample(plain, 1, 1);
                assertArrayEquals(alone.toFloats(), sample(plain, 1, 5).toFloats()); // not read
                assertTrue(difference(sample(guided, 1, 1), sample(guided, 1, 5)) > 1e-5);
                assertTrue(difference(sample(guided, 1, 1), sample(guided, 5, 1)) > 1e-5);
                assertTrue(difference(alone, sample(plain, 5, 1)) > 1e-5);
                Tensor images = plain.images(alone);
                assertArrayEquals(new long[] {1, 3, 8, 8}, images.shape());
                assertTrue(images.min(false, 0, 1, 2, 3).item() >= 0);
                assertTrue(images.max(false, 0, 1, 2, 3).item() <= 1);
            }
            assertTrue(
                    difference(sample(decoder(8, "fixed_small", 1), 1, 1), sample(decoder(8, "learned_range", 1), 1, 1))
                            > 1e-5);
        }
    }

    private static double difference(Tensor one, Tensor other) {
        return one.minus(other).abs().reshape(-1).max(false, 0).item();
    }

    @Test
    void sidesAreWholeBlocks() {
        KandinskyDecoder decoder = decoder(4, "fixed_small", 1); // two pixels to a latent, two latents to a block
        assertEquals(4, decoder.latentSide(8));
        assertEquals(6, decoder.latentSide(9));
        assertEquals(2, decoder.latentSide(1));
    }

    @Test
    void aVarianceThatIsNotPredictedIsRefused() {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> decoder(4, "learned_range", 1))
                        .getMessage());
        assertTrue(message.startsWith("the sampler wants a learned variance"), message);
        assertThrows(IllegalArgumentException.class, () -> decoder(5, "fixed_small", 1));
    }
}
