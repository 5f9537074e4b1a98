package dev.hapax.diffusion;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.nn.Sinusoid;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.AddedConditions;
import java.util.Arrays;
import java.util.List;

/**
 * Noises the image embedding that Stable Diffusion unCLIP is given, and says how much: the more noise, the freer the
 * images (diffusers: {@code StableUnCLIPPipeline}).
 *
 * @param mean of CLIP's embeddings, (1, width)
 * @param std their standard deviation, (1, width)
 * @param schedule what each noise level means
 */
public record EmbeddingNoise(Tensor mean, Tensor std, NoiseSchedule schedule) {

    /** Checks the shapes. */
    public EmbeddingNoise {
        Shape.require("the mean of the embeddings", mean.shape(), 1, -1);
        Shape.require("the deviation of the embeddings", std.shape(), mean.shape());
    }

    /**
     * Reads {@code image_normalizer} and {@code image_noising_scheduler}; the numbers live until the folder is closed.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a part is missing or damaged
     */
    public static EmbeddingNoise of(ModelFolder folder) {
        int width = folder.config("image_normalizer").integer("embedding_dim", 768); // diffusers' default
        var numbers = folder.weights("image_normalizer", DType.FLOAT32);
        return new EmbeddingNoise(
                numbers.get("mean", 1, width),
                numbers.get("std", 1, width),
                NoiseSchedule.of(folder.config("image_noising_scheduler")));
    }

    /**
     * What the U-Net is told.
     *
     * @param embeddings CLIP's, on its own scale, (b, width)
     * @param level a timestep of the schedule; 0 is hardly any noise
     * @param noise standard normal, (b, width)
     * @throws IllegalArgumentException if the level or a shape does not fit
     */
    public AddedConditions.ImageClass condition(Tensor embeddings, int level, Tensor noise) {
        if (level < 0 || level >= schedule.timesteps()) {
            throw new IllegalArgumentException(
                    "the noise level must be in [0, " + schedule.timesteps() + "), got " + level);
        }
        long batch = embeddings.size(0);
        int width = (int) mean.size(1);
        Shape.require("image embeddings", embeddings.shape(), batch, width);
        Shape.require("the noise of image embeddings", noise.shape(), batch, width);
        long[] levels = new long[(int) batch];
        Arrays.fill(levels, level);
        Tensor noised = schedule.addNoise(embeddings.minus(mean).over(std), noise, levels)
                .times(std)
                .plus(mean);
        Tensor told =
                new Sinusoid(width, true, 0).apply(Tensor.of(levels, batch)).to(noised.dtype());
        return new AddedConditions.ImageClass(Tensor.cat(List.of(noised, told), 1));
    }
}
