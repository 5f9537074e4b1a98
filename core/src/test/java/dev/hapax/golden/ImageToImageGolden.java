package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.diffusion.Canvas;
import dev.hapax.diffusion.Denoiser;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.MaskedPicture;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.schedule.Samplers;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.Map;

/** {@code img2img.safetensors}: a picture is resized, encoded, noised for part of the steps, and denoised. */
final class ImageToImageGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/img2img.safetensors");
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
            Tensor picture = pixels(golden, model.vae().reduction()).to(dtype);
            report.compare(dtype + " pre.image", picture, golden.tensor("pre.image"));
            Tensor noise = golden.tensor("noise").to(dtype);
            Tensor encoded;
            try (Gradients.Region frozen = Gradients.off()) {
                Tensor eps = golden.tensor("eps").to(dtype);
                encoded = model.latents(picture, eps);
            }
            report.compare(dtype + " image_latents", encoded, golden.tensor("image_latents"));
            int steps = Integer.parseInt(golden.metadata().get("steps"));
            int first =
                    steps - (int) (steps * Double.parseDouble(golden.metadata().get("strength")));
            Denoiser denoiser = PipelineGolden.denoiser(model, golden, noise);
            for (Map.Entry<String, Config> scheduler :
                    PipelineGolden.schedulers(golden).entrySet()) {
                String name = scheduler.getKey();
                try (Trajectory run = Samplers.of(scheduler.getValue()).start(steps)) {
                    int firstCall = run.firstCallOf(first);
                    double[] timesteps = new double[run.calls() - firstCall];
                    for (int i = 0; i < timesteps.length; i++) {
                        timesteps[i] = run.timestep(firstCall + i);
                    }
                    String key = "timesteps." + name;
                    report.compare(dtype + " " + key, Tensor.of(timesteps, timesteps.length), golden.tensor(key));
                    Tensor start = run.noisy(encoded, noise, firstCall);
                    String input = "unet_in." + name + ".0";
                    report.compare(
                            dtype + " " + input,
                            run.scaleModelInput(start, firstCall),
                            golden.tensor(input).narrow(0, 0, 1));
                    Tensor latents = denoiser.run(run, firstCall, start, () -> noise, 0, (image, call, calls, step) -> {
                        String lat = "lat." + name + "." + (call - firstCall);
                        report.compare(dtype + " " + lat, step.sample(), golden.tensor(lat), error.limit(lat, factor));
                    });
                    String img = "img." + name;
                    if (golden.names().contains(img)) {
                        Tensor image = PipelineGolden.image(model, latents);
                        report.compare(dtype + " " + img, image, golden.tensor(img), error.limit(img, factor));
                    }
                }
            }
        }
    }

    private static Tensor pixels(SafetensorsFile golden, int reduction) {
        long[] from = golden.shape("image"); // (h, w, 3), uint8
        long[] to = golden.shape("pre.image"); // (1, 3, h, w)
        byte[] samples = golden.tensor("image").toBytes();
        Raster picture = new Raster((int) from[1], (int) from[0], (int) from[2], samples);
        return MaskedPicture.pixels(
                Canvas.of(new ImageSize((int) to[3], (int) to[2]), reduction).fit(picture));
    }
}
