package dev.hapax.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LdmNamesTest {
    private static final String ROOT = "model.diffusion_model.";

    /** Every module of Stable Diffusion 1.5, against the reference's own table. */
    @Test
    void stableDiffusion15() throws IOException {
        URL file = Objects.requireNonNull(LdmNamesTest.class.getResource("/goldens/sd15/ldm-keymap.json"));
        Map<String, String> expected = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                new ObjectMapper().readTree(file).properties()) {
            String name = entry.getKey();
            if (entry.getValue().get(0).asText().equals("unet") && name.endsWith(".weight")) {
                expected.put(module(entry.getValue().get(1).asText()), module(name.substring(ROOT.length())));
            }
        }
        assertTrue(expected.size() > 300, () -> expected.size() + " modules");
        LdmNames names = LdmNames.of(expected.keySet());
        expected.forEach((module, name) -> assertEquals(name, names.of(module).orElse("-"), module));
    }

    /** The finest resolution of XL reads no text, so its attention blocks, and what follows them, lie elsewhere. */
    @Test
    void stableDiffusionXl() {
        Map<String, String> expected = Map.of(
                "down_blocks.0.resnets.1.conv1", "input_blocks.2.0.in_layers.2",
                "down_blocks.0.downsamplers.0.conv", "input_blocks.3.0.op",
                "down_blocks.1.attentions.0.transformer_blocks.1.attn2.to_k",
                        "input_blocks.4.1.transformer_blocks.1.attn2.to_k",
                "down_blocks.2.attentions.1.proj_in", "input_blocks.8.1.proj_in",
                "mid_block.attentions.0.transformer_blocks.9.ff.net.0.proj",
                        "middle_block.1.transformer_blocks.9.ff.net.0.proj",
                "up_blocks.0.attentions.0.proj_in", "output_blocks.0.1.proj_in",
                "up_blocks.0.upsamplers.0.conv", "output_blocks.2.2.conv",
                "up_blocks.2.resnets.2.conv_shortcut", "output_blocks.8.0.skip_connection",
                "add_embedding.linear_1", "label_emb.0.0");
        LdmNames names = LdmNames.of(expected.keySet());
        expected.forEach((module, name) -> assertEquals(name, names.of(module).orElse("-"), module));
    }

    /** An upsampling after blocks without attention comes second in its block. */
    @Test
    void otherDepths() {
        LdmNames names = LdmNames.of(Set.of(
                "down_blocks.0.resnets.0.conv1",
                "down_blocks.1.resnets.0.conv1",
                "up_blocks.0.resnets.1.norm1",
                "up_blocks.0.upsamplers.0.conv",
                "text_model.final_layer_norm"));
        assertEquals(
                "input_blocks.3.0.in_layers.2",
                names.of("down_blocks.1.resnets.0.conv1").orElse("-"));
        assertEquals(
                "output_blocks.1.0.in_layers.0",
                names.of("up_blocks.0.resnets.1.norm1").orElse("-"));
        assertEquals(
                "output_blocks.1.1.conv",
                names.of("up_blocks.0.upsamplers.0.conv").orElse("-"));
        assertTrue(names.of("text_model.final_layer_norm").isEmpty());
    }

    private static String module(String parameter) {
        return parameter.substring(0, parameter.length() - ".weight".length());
    }
}
