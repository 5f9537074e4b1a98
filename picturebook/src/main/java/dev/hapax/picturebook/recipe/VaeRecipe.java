package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.util.List;
import java.util.Map;

/**
 * Trains the autoencoder: absolute and squared errors of pixels, absolute errors of their differences to the right and
 * below (which is what keeps thin outlines), of the color of areas (which is what keeps red from turning brown), and a
 * small pull of the posterior towards the standard normal. See decision 6.
 */
record VaeRecipe(Pixels pixels) implements Fit.Loss<Vae> {
    private static final double SQUARE_WEIGHT = 4;
    private static final double EDGE_WEIGHT = 0.5;
    private static final double CHROMA_WEIGHT = 2;
    private static final double KL_WEIGHT = 1e-5; // per latent element
    private static final int AREA = 4; // pixels on a side

    static Config config(double scalingFactor) {
        return Config.of(Map.ofEntries(
                Map.entry("_class_name", "AutoencoderKL"),
                Map.entry("act_fn", "silu"),
                Map.entry("in_channels", 3),
                Map.entry("out_channels", 3),
                Map.entry("latent_channels", 4),
                Map.entry("norm_num_groups", 16),
                Map.entry("block_out_channels", List.of(32, 48, 96, 128)),
                Map.entry("down_block_types", java.util.Collections.nCopies(4, "DownEncoderBlock2D")),
                Map.entry("up_block_types", java.util.Collections.nCopies(4, "UpDecoderBlock2D")),
                Map.entry("layers_per_block", 1),
                Map.entry("sample_size", 128),
                Map.entry("scaling_factor", scalingFactor)));
    }

    @Override
    public Tensor of(Vae vae, long step, int first, int count) {
        DType compute = DType.BFLOAT16;
        Tensor image = pixels.batch(step, first, count, compute); // (b, 3, s, s)
        Posterior posterior = vae.encode(image);
        Tensor noise =
                pixels.rng().normal(Purpose.VAE, step, first, posterior.mean().shape());
        Tensor decoded = vae.decode(posterior.sample(noise.to(compute)));
        Tensor error = decoded.minus(image).to(DType.FLOAT32);
        Tensor edges = difference(error, 2)
                .abs()
                .mean()
                .plus(difference(error, 3).abs().mean());
        Tensor kl = kl(posterior.mean().to(DType.FLOAT32), posterior.logvar().to(DType.FLOAT32));
        return error.abs()
                .mean()
                .plus(error.square().mean().times(SQUARE_WEIGHT))
                .plus(edges.times(EDGE_WEIGHT))
                .plus(chroma(error).abs().mean().times(CHROMA_WEIGHT))
                .plus(kl.times(KL_WEIGHT));
    }

    private static Tensor difference(Tensor x, int axis) {
        long n = x.size(axis) - 1;
        return x.narrow(axis, 1, n).minus(x.narrow(axis, 0, n));
    }

    /** Errors of red against green and of blue against yellow, each the mean over an area: (b, 2, s / 4, s / 4). */
    private static Tensor chroma(Tensor error) {
        long side = error.size(2) / AREA;
        Tensor areas = error.contiguous()
                .reshape(error.size(0), 3, side, AREA, side, AREA)
                .mean(false, 3, 5); // (b, 3, s / 4, s / 4)
        Tensor red = areas.narrow(1, 0, 1);
        Tensor green = areas.narrow(1, 1, 1);
        Tensor blue = areas.narrow(1, 2, 1);
        return Tensor.cat(List.of(red.minus(green), blue.minus(red.plus(green).times(0.5))), 1);
    }

    private static Tensor kl(Tensor mean, Tensor logvar) {
        return mean.square().plus(logvar.exp()).minus(logvar).minus(1).mean().times(0.5);
    }
}
