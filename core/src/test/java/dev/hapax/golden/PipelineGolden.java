package dev.hapax.golden;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.diffusion.Condition;
import dev.hapax.diffusion.Conditions;
import dev.hapax.diffusion.Denoiser;
import dev.hapax.diffusion.Guide;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.schedule.Samplers;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pipe.safetensors}: from prompts and given latents to an image, with several samplers, in fp64 and in fp32.
 *
 * <p>The error of one step is multiplied by guidance and carried to the next, so the limits are those that the
 * references' own documentation gives: ten times the error of the reference implementation in fp32, once in fp64 (where
 * what is left comes from diffusers' fp32 tables).
 */
final class PipelineGolden implements GoldenCheck {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @Override
    public boolean covers(Path root, Path file) {
        if (!file.endsWith("golden/pipe.safetensors")) {
            return false;
        }
        try (ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            return folder.has("text_encoder") && folder.has("unet") && folder.has("vae");
        }
    }

    @Override
    public void check(Path file, GoldenReport report) throws Exception {
        check(file, DType.FLOAT64, 1, report);
        check(file, DType.FLOAT32, 10, report);
    }

    private static void check(Path file, DType dtype, double factor, GoldenReport report) throws Exception {
        Float32Error error = Float32Error.of(file);
        try (Scope scope = Scope.open();
                StableDiffusion model = StableDiffusion.open(file.getParent().getParent(), dtype, Device.CPU);
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            int steps = Integer.parseInt(golden.metadata().get("steps"));
            Tensor unit = golden.tensor("latents").to(dtype);
            Denoiser denoiser = denoiser(model, golden, unit);
            for (Map.Entry<String, Config> scheduler : schedulers(golden).entrySet()) {
                String name = scheduler.getKey();
                try (Trajectory run = Samplers.of(scheduler.getValue()).start(steps)) {
                    Tensor start = unit.times(run.initNoiseSigma());
                    Tensor latents = denoiser.run(run, 0, start, () -> unit, 0, (first, call, calls, step) -> {
                        String key = "lat." + name + "." + call;
                        report.compare(dtype + " " + key, step.sample(), golden.tensor(key), error.limit(key, factor));
                    });
                    String key = "img." + name;
                    if (golden.names().contains(key)) {
                        Tensor image = image(model, latents);
                        report.compare(dtype + " " + key, image, golden.tensor(key), error.limit(key, factor));
                    }
                }
            }
        }
    }

    static Denoiser denoiser(StableDiffusion model, SafetensorsFile golden, Tensor latents) throws Exception {
        int r = model.vae().reduction();
        ImageSize size = new ImageSize((int) latents.size(3) * r, (int) latents.size(2) * r);
        Condition prompt = model.text().encode(text(golden, "prompt"), List.of(), size);
        Condition negative = model.text().encodeNegative(text(golden, "negative_prompt"), List.of(), size);
        return new Denoiser(
                model.unet(),
                model.dtype(),
                Conditions.constant(prompt),
                Conditions.constant(negative),
                Double.parseDouble(golden.metadata().get("guidance")),
                Guide.NONE);
    }

    /** The image in [0, 1]. */
    static Tensor image(StableDiffusion model, Tensor latents) {
        try (Gradients.Region frozen = Gradients.off()) {
            return model.vae()
                    .decode(model.vae().fromLatents(latents))
                    .times(0.5)
                    .plus(0.5)
                    .clamp(0, 1);
        }
    }

    /** The scheduler configurations in the metadata. */
    static Map<String, Config> schedulers(SafetensorsFile golden) throws Exception {
        Map<String, Config> schedulers = new LinkedHashMap<>();
        JSON.readTree(golden.metadata().get("schedulers")).properties().forEach(scheduler -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            JsonNode description = scheduler.getValue();
            description.get(1).properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
            settings.put("_class_name", description.get(0).textValue());
            schedulers.put(scheduler.getKey(), Config.of(settings));
        });
        return schedulers;
    }

    private static String text(SafetensorsFile golden, String key) throws Exception {
        return JSON.readTree(golden.metadata().get(key)).textValue();
    }
}
