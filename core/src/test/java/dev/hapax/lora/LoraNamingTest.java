package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoraNamingTest extends LoraFiles {
    /** Every spelling leads to the same module. */
    @Test
    void namings() {
        Map<String, String> unet = Map.ofEntries(
                Map.entry("unet." + BLOCK + "to_k.lora.%s.weight", "to_k"),
                Map.entry("unet." + BLOCK + "processor.to_k_lora.%s.weight", "to_k"),
                Map.entry(BLOCK + "processor.to_v_lora.%s.weight", "to_v"),
                Map.entry(BLOCK + "processor.to_out_lora.%s.weight", "to_out.0"),
                Map.entry("unet." + BLOCK + "to_out.0.lora.%s.weight", "to_out.0"),
                Map.entry(
                        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_out_0.lora_%s.weight",
                        "to_out.0"),
                Map.entry("lora_unet_input_blocks_1_1_transformer_blocks_0_attn2_to_k.lora_%s.weight", "to_k"));
        unet.forEach((name, module) -> {
            LoraChange change = on("unet", write("x", pair(name, 2)));
            assertEquals(Set.of(BLOCK + module + ".weight"), change.factors().keySet(), name);
        });
        Map<String, String> text = Map.of(
                "text_encoder." + TEXT + "q_proj.lora_linear_layer.%s.weight",
                "q_proj",
                TEXT + "q_proj.lora_linear_layer.%s.weight",
                "q_proj",
                "text_encoder." + TEXT + "to_q_lora.%s.weight",
                "q_proj",
                "text_encoder." + TEXT + "to_out_lora.%s.weight",
                "out_proj",
                "lora_te_text_model_encoder_layers_0_self_attn_out_proj.lora_%s.weight",
                "out_proj",
                "lora_te1_text_model_encoder_layers_0_self_attn_q_proj.lora_%s.weight",
                "q_proj");
        text.forEach((name, module) -> {
            LoraChange change = on("text_encoder", write("x", pair(name, 2)));
            assertEquals(Set.of(TEXT + module + ".weight"), change.factors().keySet(), name);
        });
    }

    @Test
    void namingsOfPeft() {
        for (String middle : List.of("", ".default")) {
            for (String root : List.of("unet.", "", "base_model.model.")) {
                String name = root + BLOCK + "to_k.lora_%s" + middle + ".weight";
                Map<String, Tensor> tensors = new TreeMap<>();
                tensors.put(name.formatted("A"), Tensor.ones(DType.FLOAT32, 2, 3));
                tensors.put(name.formatted("B"), Tensor.ones(DType.FLOAT32, 4, 2));
                LoraChange change = on("unet", write("x", tensors));
                assertEquals(Set.of(BLOCK + "to_k.weight"), change.factors().keySet(), name);
            }
        }
    }

    @Test
    void unknownNamesNameTheNearest() {
        error(
                "2 of 4 tensors match nothing in this model's unet, the first module is " + BLOCK
                        + "to_w; the nearest is " + BLOCK + "to_k; the file fits Stable Diffusion 1.x (text width 768)",
                () -> {
                    Map<String, Tensor> tensors = pair("unet." + BLOCK + "to_w.lora.%s.weight", 4);
                    tensors.putAll(matrices("unet." + BLOCK + "to_k.lora.%s.weight", 4, 320, 768));
                    on("unet", write("x", tensors));
                });
        error(
                "the first module is down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_w; the nearest is"
                        + " down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k",
                () -> on("unet", write("x", pair("lora_unet_" + BLOCK.replace('.', '_') + "to_w.lora_%s.weight", 4))));
        error(
                "1 of 3 tensors are not named like parts of a LoRA, the first is " + BLOCK + "to_k.lora.dwn.weight",
                () -> {
                    Map<String, Tensor> tensors = pair(BLOCK + "to_k.lora.%s.weight", 4);
                    tensors.put(BLOCK + "to_k.lora.dwn.weight", Tensor.ones(DType.FLOAT32, 1));
                    write("x", tensors, true);
                });
    }

    @Test
    void relativesAreNamed() {
        Map<String, String> kinds = Map.of(
                "lora_unet_x.dora_scale",
                "DoRA",
                "unet.x.lora_magnitude_vector",
                "DoRA",
                "lora_unet_x.hada_w1_a",
                "LoHa",
                "lora_unet_x.lokr_w1",
                "LoKr",
                "lora_unet_x.lora_mid.weight",
                "LoCon with a core",
                "lora_unet_x.diff",
                "full differences",
                BLOCK + "processor.to_k_custom_diffusion.weight",
                "Custom Diffusion");
        kinds.forEach((name, kind) -> error(name + " belongs to " + kind, () -> {
            Map<String, Tensor> tensors = pair("lora_unet_x.lora_%s.weight", 4);
            tensors.put(name, Tensor.ones(DType.FLOAT32, 1));
            write("x", tensors, true);
        }));
    }
}
