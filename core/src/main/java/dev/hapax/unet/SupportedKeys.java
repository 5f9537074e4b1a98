package dev.hapax.unet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys of a {@code UNet2DConditionModel} configuration: read, held to one value, or without effect. */
final class SupportedKeys {
    private static final Set<String> READ = Set.of(
            "in_channels",
            "out_channels",
            "block_out_channels",
            "down_block_types",
            "up_block_types",
            "layers_per_block",
            "transformer_layers_per_block",
            "reverse_transformer_layers_per_block",
            "attention_head_dim",
            "num_attention_heads",
            "cross_attention_dim",
            "use_linear_projection",
            "norm_num_groups",
            "norm_eps",
            "act_fn",
            "flip_sin_to_cos",
            "freq_shift",
            "time_embedding_dim",
            "center_input_sample",
            "mid_block_scale_factor",
            "downsample_padding",
            "conv_in_kernel",
            "conv_out_kernel",
            "addition_time_embed_dim",
            "projection_class_embeddings_input_dim");

    /** Keys that change nothing in the blocks supported here; dropout is never applied. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "sample_size",
            "dropout",
            "upcast_attention",
            "resnet_out_scale_factor",
            "resnet_skip_time_act",
            "mid_block_only_cross_attention",
            "addition_embed_type_num_heads");

    /** The values that are supported, as JSON. */
    private static final Map<String, List<String>> FIXED = new TreeMap<>(Map.ofEntries(
            Map.entry("mid_block_type", List.of("\"UNetMidBlock2DCrossAttn\"")),
            Map.entry("only_cross_attention", List.of("false", "null")),
            Map.entry("dual_cross_attention", List.of("false", "null")),
            Map.entry("class_embed_type", List.of("null", "\"projection\"")),
            Map.entry("num_class_embeds", List.of("null")),
            Map.entry("class_embeddings_concat", List.of("false", "null")),
            Map.entry("addition_embed_type", List.of("null", "\"text_time\"")),
            Map.entry("encoder_hid_dim", List.of("null")),
            Map.entry("encoder_hid_dim_type", List.of("null")),
            Map.entry("resnet_time_scale_shift", List.of("\"default\"")),
            Map.entry("time_embedding_type", List.of("\"positional\"")),
            Map.entry("time_embedding_act_fn", List.of("null")),
            Map.entry("timestep_post_act", List.of("null")),
            Map.entry("time_cond_proj_dim", List.of("null")),
            Map.entry("attention_type", List.of("\"default\"")),
            Map.entry("cross_attention_norm", List.of("null"))));

    private SupportedKeys() {}

    /** Held to one value in other U-Nets. */
    private static final Set<String> KANDINSKY_READS = Set.of("encoder_hid_dim", "only_cross_attention");

    /** What is different in the U-Nets of Kandinsky. */
    private static final Map<String, List<String>> KANDINSKY = Map.of(
            "mid_block_type", List.of("\"UNetMidBlock2DSimpleCrossAttn\""),
            "addition_embed_type", List.of("\"text_image\"", "\"image\""),
            "encoder_hid_dim_type", List.of("\"text_image_proj\"", "\"image_proj\""),
            "resnet_time_scale_shift", List.of("\"scale_shift\""),
            "transformer_layers_per_block", List.of("1"),
            "reverse_transformer_layers_per_block", List.of("null"),
            "num_attention_heads", List.of("null"),
            "class_embed_type", List.of("null"),
            "center_input_sample", List.of("false", "null"),
            "use_linear_projection", List.of("false", "null"));

    /**
     * Refuses what the U-Net does not have, all at once.
     *
     * @throws CheckpointException naming each key and its value
     */
    static void require(Config config) {
        require(config, FIXED);
    }

    /** The same for a U-Net of Kandinsky. */
    static void requireKandinsky(Config config) {
        Map<String, List<String>> fixed = new TreeMap<>(FIXED);
        fixed.keySet().removeAll(KANDINSKY_READS);
        fixed.putAll(KANDINSKY);
        require(config, fixed);
    }

    private static void require(Config config, Map<String, List<String>> fixed) {
        List<String> problems = new ArrayList<>();
        fixed.forEach((key, values) -> {
            JsonNode given = config.json().get(key);
            if (given != null && !values.contains(plain(given))) {
                problems.add("\"" + key + "\": " + given + " is not supported, only " + String.join(" or ", values));
            }
        });
        if (!problems.isEmpty()) {
            throw new CheckpointException(config.origin() + ": " + String.join("; ", problems));
        }
        Set<String> known = new TreeSet<>(READ);
        known.addAll(WITHOUT_EFFECT);
        known.addAll(FIXED.keySet());
        config.rejectUnknown(known);
    }

    private static String plain(JsonNode value) { // a list of equal values, one per block, is like that value
        Set<String> items = new TreeSet<>();
        value.elements().forEachRemaining(item -> items.add(item.toString()));
        return value.isArray() && items.size() == 1 ? items.iterator().next() : value.toString();
    }
}
