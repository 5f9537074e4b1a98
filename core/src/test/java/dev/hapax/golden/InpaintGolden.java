package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.diffusion.Canvas;
import dev.hapax.diffusion.Denoiser;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.diffusion.Inpainting;
import dev.hapax.diffusion.InpaintingMask;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code inpaint.safetensors} (a U-Net that reads the mask) and {@code inpaint4.safetensors} (latent blending): picture
 * and mask are prepared and encoded, and a part of the picture is painted anew from noise. Limits as in {@link
 * PipelineGolden}.
 */
final class InpaintGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/inpaint.safetensors") || file.endsWith("golden/inpaint4.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) throws Exception {
        check(file, DType.FLOAT64, 1, report);
        check(file, DType.FLOAT32, 10, report);
    }

    private static void check(Path file, DType dtype, double factor, GoldenReport report) throws Exception {
        try (Scope scope = Scope.open();
                StableDiffusion model = StableDiffusion.open(file.getParent().getParent(), dtype, Device.CPU);
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            Run run = new Run(model, golden, dtype, Float32Error.of(file), factor, report, new TreeSet<>());
            run.everything();
            Set<String> rest = new TreeSet<>(golden.names());
            rest.removeAll(run.seen);
            rest.removeAll(Set.of("image", "mask", "latents", "eps_masked", "eps_image")); // the inputs
            rest.forEach(report::leftOut);
        }
    }

    /** The comparisons in one type. */
    private record Run(
            StableDiffusion model,
            SafetensorsFile golden,
            DType dtype,
            Float32Error error,
            double factor,
            GoldenReport report,
            Set<String> seen) {

        void everything() throws Exception {
            MaskedPicture picture = prepared();
            Tensor noise = golden.tensor("latents").to(dtype);
            Tensor eps = golden.tensor("eps_masked").to(dtype);
            Tensor encoded;
            Inpainting inpainting;
            try (Gradients.Region frozen = Gradients.off()) {
                encoded = model.latents(
                        picture.picture(), golden.tensor("eps_image").to(dtype));
                compare("pre.image_latents", encoded);
                compare("pre.masked_image_latents", model.latents(picture.masked(), eps));
                inpainting = picture.inpainting(model, encoded, eps, noise);
            }
            Denoiser denoiser = PipelineGolden.denoiser(model, golden, noise).withInpainting(inpainting);
            int steps = Integer.parseInt(golden.metadata().get("steps"));
            for (Map.Entry<String, Config> scheduler :
                    PipelineGolden.schedulers(golden).entrySet()) {
                try (Trajectory run = Samplers.of(scheduler.getValue()).start(steps)) {
                    trajectory(scheduler.getKey(), run, denoiser, noise);
                }
            }
        }

        private MaskedPicture prepared() {
            long[] size = golden.shape("pre.image"); // (1, 3, h, w)
            Canvas canvas = Canvas.of(
                    new ImageSize((int) size[3], (int) size[2]), model.vae().reduction());
            Raster picture = canvas.fit(raster("image", 3));
            exact("pre.image_u8", picture.samples());
            Raster mask = raster("mask", 1);
            exact("pre.mask_u8", canvas.fit(mask).samples());
            MaskedPicture prepared = MaskedPicture.of(picture, new InpaintingMask(mask, "", false).on(canvas));
            compare("pre.image", prepared.picture());
            compare("pre.mask", prepared.mask());
            compare("pre.masked_image", prepared.masked());
            compare("pre.mask_latent", prepared.small(model.vae().reduction()));
            return prepared;
        }

        private void trajectory(String name, Trajectory run, Denoiser denoiser, Tensor noise) {
            double[] timesteps = new double[run.calls()];
            for (int call = 0; call < timesteps.length; call++) {
                timesteps[call] = run.timestep(call);
            }
            compare("timesteps." + name, Tensor.of(timesteps, timesteps.length));
            Tensor start = noise.times(run.initNoiseSigma());
            Tensor input = denoiser.inpainting().input(run.scaleModelInput(start, 0));
            compare("unet_in." + name + ".0", Tensor.cat(List.of(input, input), 0));
            Tensor latents = denoiser.run(
                    run,
                    0,
                    start,
                    () -> noise,
                    0,
                    (image, call, calls, step) -> compare("lat." + name + "." + call, step.sample()));
            if (golden.names().contains("img." + name)) {
                compare("img." + name, PipelineGolden.image(model, latents));
            }
        }

        private Raster raster(String name, int channels) {
            long[] shape = golden.shape(name); // (h, w) or (h, w, 3), uint8
            return new Raster(
                    (int) shape[1],
                    (int) shape[0],
                    channels,
                    golden.tensor(name).toBytes());
        }

        private void compare(String name, Tensor ours) {
            seen.add(name);
            report.compare(dtype + " " + name, ours, golden.tensor(name), error.limit(name, factor));
        }

        private void exact(String name, byte[] ours) {
            seen.add(name);
            report.exact(
                    dtype + " " + name, longs(ours), longs(golden.tensor(name).toBytes()));
        }

        private static long[] longs(byte[] samples) {
            long[] values = new long[samples.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = samples[i] & 0xFF;
            }
            return values;
        }
    }
}
