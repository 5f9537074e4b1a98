package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoraScaleTest extends LoraFiles {
    @Test
    void alphaRules() throws IOException {
        String name = "unet." + BLOCK + "to_k.lora.%s.weight";
        assertEquals(1, scale(write("none", pair(name, 4))));
        for (double alpha : new double[] {0, 1, 6}) {
            Map<String, Tensor> tensors = pair("lora_unet_" + BLOCK.replace('.', '_') + "to_k.lora_%s.weight", 4);
            tensors.put("lora_unet_" + BLOCK.replace('.', '_') + "to_k.alpha", Tensor.scalar(alpha));
            assertEquals(alpha == 0 ? 1 : alpha / 4, scale(write("kohya", tensors)));
        }
        for (DType dtype : List.of(DType.INT64, DType.INT32)) { // kohya's svd_merge writes integers
            Map<String, Tensor> tensors = pair("lora_unet_" + BLOCK.replace('.', '_') + "to_k.lora_%s.weight", 4);
            tensors.put(
                    "lora_unet_" + BLOCK.replace('.', '_') + "to_k.alpha",
                    Tensor.scalar(6).to(dtype));
            assertEquals(1.5, scale(write("merged", tensors)));
        }
        String peft = "base_model.model." + BLOCK + "to_k.lora_%s.weight";
        assertEquals(2, scale(peft("\"r\": 4, \"lora_alpha\": 8", peft)));
        assertEquals(4, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"use_rslora\": true", peft)));
        assertEquals(
                3, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"alpha_pattern\": {\"to_q\": 1, \"to_k\": 12}", peft)));
        assertEquals(
                3, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"alpha_pattern\": {\"attn[12]\\\\.to_k\": 12}", peft)));
        assertEquals(2, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"alpha_pattern\": {\"o_k\": 12}", peft)));
        assertEquals(2, scale(peft("\"r\": 9, \"lora_alpha\": 8, \"rank_pattern\": {\"attn2.to_k\": 4}", peft)));
        error(
                "gives " + BLOCK + "to_k the rank 5, its factors have 4",
                () -> peft("\"r\": 5, \"lora_alpha\": 8", peft));
        for (String flag : List.of("use_dora", "fan_in_fan_out", "lora_bias")) {
            error(
                    "\"" + flag + "\": true is not supported",
                    () -> peft("\"r\": 4, \"lora_alpha\": 8, \"" + flag + "\": true", peft));
        }
        error(
                "\"peft_type\": LOHA is not supported",
                () -> peft("\"r\": 4, \"lora_alpha\": 8, \"peft_type\": \"LOHA\"", peft));
    }

    /** Newer files of diffusers carry PEFT's settings in their metadata, for each part. */
    @Test
    void alphaInTheMetadata() {
        Map<String, Tensor> tensors = pair("unet." + BLOCK + "to_k.lora.%s.weight", 4);
        tensors.putAll(pair("text_encoder." + TEXT + "q_proj.lora_linear_layer.%s.weight", 4));
        String settings = "{\"unet.r\": 4, \"unet.lora_alpha\": 6, \"unet.use_rslora\": true, \"unet.target_modules\":"
                + " [\"to_k\"]}";
        Path file = folder.resolve("m.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("lora_adapter_metadata", settings));
        assertEquals(3, scale(file));
        assertEquals(1, scale("text_encoder", file));
    }

    private static double scale(Path file) {
        return scale("unet", file);
    }

    private static double scale(String part, Path file) {
        try (LoraFile opened = LoraFile.open(file)) {
            Set<String> parameters = part.equals("unet") ? UNET : ENCODER;
            return opened.on(part, parameters, 1)
                    .factors()
                    .values()
                    .iterator()
                    .next()
                    .scale();
        }
    }
}
