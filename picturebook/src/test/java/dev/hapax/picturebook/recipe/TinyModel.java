package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import dev.hapax.vision.ClipVisionEncoder;
import dev.hapax.vision.detect.Detr;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a model of the little world with all its parts, tiny and untrained. */
public final class TinyModel {
    private static final int WIDTH = 16;
    private static final int PROJECTION = 8;
    private static final int IMAGE = 128;

    private TinyModel() {}

    /** Everything that a check needs, in {@code folder}. */
    public static void write(Path folder) throws IOException {
        writeClip(folder);
        part(folder, "vae", vae(), weights -> Vae.of(vae(), weights));
        part(folder, "unet", unet(), weights -> UNet.of(unet(), weights));
        Parts.writeJson(
                folder.resolve("scheduler/scheduler_config.json"),
                Map.of(
                        "_class_name",
                        "DDIMScheduler",
                        "beta_start",
                        0.00085,
                        "beta_end",
                        0.012,
                        "beta_schedule",
                        "scaled_linear",
                        "num_train_timesteps",
                        1000));
        Config prior = PriorRecipe.config(WIDTH, ClipRecipe.TOKENS, PROJECTION);
        part(folder, "prior", prior, weights -> PriorTransformer.of(prior, weights));
        Parts.writeJson(folder.resolve("prior_scheduler/scheduler_config.json"), PriorRecipe.SCHEDULER);
        part(folder, "reader", reader(), weights -> AttributeReader.of(reader(), weights));
        part(folder, "detector", detector(), weights -> Detr.of(detector(), weights));
        Parts.writeJson(folder.resolve("detector/preprocessor_config.json"), DetectorTraining.IMAGE_PROCESSOR);
    }

    static Config detector() {
        return changed(
                DetectorRecipe.config(),
                Map.of(
                        "backbone_config",
                        Map.of("embedding_size", 4, "hidden_sizes", List.of(8, 8, 16), "depths", List.of(1, 1, 1)),
                        "d_model",
                        WIDTH,
                        "encoder_ffn_dim",
                        WIDTH,
                        "decoder_ffn_dim",
                        WIDTH,
                        "encoder_layers",
                        1,
                        "decoder_layers",
                        2));
    }

    static Config reader() {
        return changed(
                ReaderRecipe.config(),
                Map.of("block_out_channels", List.of(8, 8), "layers_per_block", 1, "norm_num_groups", 4));
    }

    /** The tokenizer and both towers of CLIP. */
    static void writeClip(Path folder) throws IOException {
        Config text = text(Tokenizers.write(folder.resolve("tokenizer")));
        part(folder, "text_encoder", text, weights -> ClipTextEncoder.of(text, weights));
        part(folder, "image_encoder", vision(), weights -> ClipVisionEncoder.of(vision(), weights));
    }

    private static void part(Path folder, String name, Config config, Consumer<Weights> build) throws IOException {
        Weights weights = Weights.of(new Initializer(name.hashCode()));
        build.accept(weights);
        Map<String, Tensor> parameters = new LinkedHashMap<>(weights.used());
        Parts.save(folder, name, config, parameters, Map.of());
        parameters.values().forEach(Tensor::close);
    }

    static Config text(int vocabulary) {
        return changed(
                ClipRecipe.text(vocabulary),
                Map.of(
                        "hidden_size",
                        WIDTH,
                        "intermediate_size",
                        2 * WIDTH,
                        "num_attention_heads",
                        2,
                        "num_hidden_layers",
                        1,
                        "projection_dim",
                        PROJECTION));
    }

    static Config vision() {
        return changed(
                ClipRecipe.vision(IMAGE),
                Map.of(
                        "hidden_size",
                        WIDTH,
                        "intermediate_size",
                        2 * WIDTH,
                        "num_attention_heads",
                        2,
                        "num_hidden_layers",
                        1,
                        "projection_dim",
                        PROJECTION));
    }

    static Config vae() {
        return changed(VaeRecipe.config(1), Map.of("block_out_channels", List.of(4, 4, 4, 4), "norm_num_groups", 2));
    }

    private static Config unet() {
        return changed(
                DiffusionRecipe.config(WIDTH),
                Map.of("attention_head_dim", 2, "block_out_channels", List.of(8, 8, 8), "norm_num_groups", 4));
    }

    @SuppressWarnings("unchecked")
    private static Config changed(Config config, Map<String, ?> changes) {
        Map<String, Object> values =
                new HashMap<>(new com.fasterxml.jackson.databind.ObjectMapper().convertValue(config.json(), Map.class));
        values.putAll(changes);
        return Config.of(values);
    }
}
