package dev.hapax.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UNetConfigTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resnet_time_scale_shift|scale_shift",
                "addition_embed_type|text_image",
                "encoder_hid_dim_type|text_image_proj",
                "class_embed_type|timestep",
                "mid_block_type|UNetMidBlock2DSimpleCrossAttn",
                "time_embedding_type|fourier",
                "attention_type|gated",
                "cross_attention_norm|layer_norm",
                "act_fn|mish",
                "norm_num_group|4",
                "down_block_types|AttnDownBlock2D",
                "norm_num_groups|5",
                "block_out_channels|7",
                "attention_head_dim|99",
                "conv_in_kernel|4",
                "layers_per_block|0",
                "cross_attention_dim|wide",
            })
    void whatIsNotSupportedIsNamedWithItsValue(String key, String value) {
        Object given = value.matches("\\d+") ? Integer.valueOf(value) : value;
        Map<String, Object> config = TinyUNet.config();
        if (config.get(key) instanceof List<?> list) {
            config.put(key, Collections.nCopies(list.size(), given));
        } else {
            config.put(key, given);
        }
        String message = refusal(config);
        assertTrue(message.contains(key) && message.contains(value), message);
        assertEquals(1, message.lines().count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyCrossAttentionMayBeFalseAloneOrInAList(boolean value) {
        for (Object given : new Object[] {value, List.of(value, value, value)}) {
            Config config = Config.of(TinyUNet.config("only_cross_attention", given));
            if (value) {
                assertThrows(CheckpointException.class, () -> UNetConfig.of(config));
            } else {
                assertEquals(3, UNetConfig.of(config).down().size());
            }
        }
    }

    @Test
    void aMidBlockThatIsNullIsNotADefault() {
        Map<String, Object> config = TinyUNet.config("mid_block_type", NullNode.getInstance());
        String message = refusal(config);
        assertTrue(message.contains("\"mid_block_type\": null"), message);
    }

    @Test
    void allUnsupportedValuesAreNamedAtOnce() {
        Map<String, Object> config = TinyUNet.config("time_cond_proj_dim", 256);
        config.put("dual_cross_attention", true);
        String message = refusal(config);
        assertTrue(message.contains("time_cond_proj_dim") && message.contains("dual_cross_attention"), message);
    }

    @Test
    void listsThatDoNotMatchAreNamed() {
        Map<String, Object> config = TinyUNet.config("up_block_types", List.of("UpBlock2D"));
        String message = refusal(config);
        assertTrue(message.contains("\"up_block_types\" has 1 entries, \"block_out_channels\" has 3"), message);
    }

    @Test
    void keysThatSayNothingPass() {
        Map<String, Object> config = TinyUNet.config();
        config.put("_class_name", "UNet2DConditionModel");
        config.put("a_key_of_the_future", NullNode.getInstance());
        config.put("another", false);
        config.put("sample_size", 64);
        assertEquals(UNetConfig.of(Config.of(TinyUNet.config())), UNetConfig.of(Config.of(config)));
    }

    @Test
    void theWayUpMirrorsTheWayDown() {
        Map<String, Object> config = TinyUNet.config("layers_per_block", List.of(1, 2, 3));
        config.put("transformer_layers_per_block", List.of(4, 5, 6));
        config.put("attention_head_dim", List.of(1, 2, 4));
        config.put("cross_attention_dim", List.of(7, 8, 9));
        UNetConfig read = UNetConfig.of(Config.of(config));
        assertEquals(
                List.of(
                        new Stage(16, 4, false, 6, 4, 9, 4),
                        new Stage(12, 3, true, 5, 2, 8, 2),
                        new Stage(8, 2, true, 4, 1, 7, 1)),
                read.up());
        assertEquals(new Stage(16, 2, true, 6, 4, 9, 4), read.mid());
        config.put("reverse_transformer_layers_per_block", List.of(1, 2, 3));
        assertEquals(
                List.of(1, 2, 3),
                UNetConfig.of(Config.of(config)).up().stream()
                        .map(Stage::transformerLayers)
                        .toList());
    }

    @Test
    void headsAreCountedByEitherKey() { // diffusers: num_attention_heads = num_attention_heads or attention_head_dim
        Map<String, Object> config = new HashMap<>(TinyUNet.config("num_attention_heads", List.of(4, 3, 8)));
        assertEquals(
                List.of(4, 3, 8),
                UNetConfig.of(Config.of(config)).down().stream()
                        .map(Stage::heads)
                        .toList());
        assertEquals(15, new Stage(16, 1, true, 1, 3, 7, 1).innerWidth());
    }

    private static String refusal(Map<String, Object> config) {
        CheckpointException error = assertThrows(CheckpointException.class, () -> UNetConfig.of(Config.of(config)));
        return String.valueOf(error.getMessage());
    }
}
