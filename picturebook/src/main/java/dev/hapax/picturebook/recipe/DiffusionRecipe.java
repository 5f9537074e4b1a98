package dev.hapax.picturebook.recipe;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Config;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.UNet;
import java.util.List;
import java.util.Map;

/**
 * Trains the U-Net to predict the noise in latents under captions (Ho et al. 2020, equation 14), with min-SNR weights
 * (Hang et al. 2023, gamma 5) that do not fall below a floor (as in Salimans and Ho 2022, theirs is 1) and one caption in ten empty for classifier-free guidance (Ho and Salimans 2022).
 */
final class DiffusionRecipe implements Fit.Loss<UNet> {
    private static final double MIN_SNR_GAMMA = 5;
    private static final double SNR_FLOOR = 0.25; // see decision 8

    private final LatentCache latents;
    private final CaptionEncoder captions;
    private final Rng rng;
    private final NoiseSchedule schedule;

    DiffusionRecipe(LatentCache latents, CaptionEncoder captions, NoiseSchedule schedule, Rng rng) {
        this.latents = latents;
        this.captions = captions;
        this.rng = rng;
        this.schedule = schedule;
    }

    static Config config(int textWidth) {
        return Config.of(Map.ofEntries(
                Map.entry("_class_name", "UNet2DConditionModel"),
                Map.entry("act_fn", "silu"),
                Map.entry("attention_head_dim", 4),
                Map.entry("block_out_channels", List.of(96, 160, 192)),
                Map.entry("center_input_sample", false),
                Map.entry("cross_attention_dim", textWidth),
                Map.entry("down_block_types", List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D")),
                Map.entry("downsample_padding", 1),
                Map.entry("flip_sin_to_cos", true),
                Map.entry("freq_shift", 0),
                Map.entry("in_channels", 4),
                Map.entry("layers_per_block", 1),
                Map.entry("mid_block_scale_factor", 1),
                Map.entry("norm_eps", 1e-5),
                Map.entry("norm_num_groups", 32),
                Map.entry("out_channels", 4),
                Map.entry("sample_size", 16),
                Map.entry("up_block_types", List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"))));
    }

    @Override
    public Tensor of(UNet unet, long step, int first, int count) {
        long[] scenes = new long[count];
        long[] times = new long[count];
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            int sample = first + i;
            scenes[i] = (long) (rng.uniform(Purpose.SHUFFLE, step, sample, 0) * latents.count());
            times[i] = rng.below(schedule.timesteps(), Purpose.TIMESTEP, step, sample, 0);
            double snr = schedule.snr((int) times[i]);
            weights[i] = (float) (Math.max(SNR_FLOOR, Math.min(snr, MIN_SNR_GAMMA)) / snr);
        }
        Tensor clean = latents.batch(scenes); // (b, 4, 16, 16)
        Tensor noise = rng.normal(Purpose.NOISE, step, first, clean.shape());
        Tensor noisy = schedule.addNoise(clean, noise, times);
        Tensor text = captions.encode(scenes, step, first); // (b, tokens, width)
        Tensor predicted = unet.predict(
                noisy.to(DType.BFLOAT16), Tensor.of(times, count), TextContext.of(text.to(DType.BFLOAT16)));
        Tensor errors = predicted.to(DType.FLOAT32).minus(noise).square().mean(false, 1, 2, 3); // (b)
        return errors.times(Tensor.of(weights, count)).mean();
    }
}
