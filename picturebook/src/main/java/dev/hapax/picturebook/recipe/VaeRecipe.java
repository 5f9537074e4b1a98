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
    private static final double CHROMA_WEIGHT = 3;
    private static final double KL_WEIGHT = 1e-3; // per latent element
    private static final int AREA = 4; // pixels on a side
    private static final int LATENT = 8; // pixels along one side of a latent
    private static final double[] GAINS = {2, 4, 4}; // bring the colors of areas to a spread of about 1
    private static final double LAST_ANCHOR_WEIGHT = 0.02;
    private static final long ANCHORED = 300; // steps with weight 1
    private static final long LOOSE = 1200; // step from which the last weight holds

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
        Tensor kl = kl(posterior.mean().to(DType.FLOAT32), posterior.logvar().to(DType.FLOAT32));
        Tensor anchor = posterior
                .mean()
                .narrow(1, 0, 3)
                .to(DType.FLOAT32)
                .minus(opponents(image.to(DType.FLOAT32), LATENT, GAINS))
                .abs()
                .mean();
        return reconstruction(error, SQUARE_WEIGHT)
                .plus(anchor.times(anchorWeight(step)))
                .plus(kl.times(KL_WEIGHT));
    }

    /** What errors of pixels cost, fp32 (b, 3, s, s). */
    static Tensor reconstruction(Tensor error, double squareWeight) {
        Tensor edges = difference(error, 2)
                .abs()
                .mean()
                .plus(difference(error, 3).abs().mean());
        return error.abs()
                .mean()
                .plus(error.square().mean().times(squareWeight))
                .plus(edges.times(EDGE_WEIGHT))
                .plus(chroma(error).abs().mean().times(CHROMA_WEIGHT));
    }

    private static Tensor difference(Tensor x, int axis) {
        long n = x.size(axis) - 1;
        return x.narrow(axis, 1, n).minus(x.narrow(axis, 0, n));
    }

    /** Errors of red against green and of blue against yellow, each the mean over an area: (b, 2, s / 4, s / 4). */
    private static Tensor chroma(Tensor error) {
        return opponents(error, AREA, new double[] {1, 1, 1}).narrow(1, 1, 2);
    }

    /** Light, red against green, blue against yellow, as means over areas: (b, 3, s / area, s / area). */
    private static Tensor opponents(Tensor image, int area, double[] gains) {
        long side = image.size(2) / area;
        Tensor areas = image.contiguous()
                .reshape(image.size(0), 3, side, area, side, area)
                .mean(false, 3, 5); // (b, 3, s / area, s / area)
        Tensor red = areas.narrow(1, 0, 1);
        Tensor green = areas.narrow(1, 1, 1);
        Tensor blue = areas.narrow(1, 2, 1);
        return Tensor.cat(
                List.of(
                        areas.mean(true, 1).times(gains[0]),
                        red.minus(green).times(gains[1]),
                        blue.minus(red.plus(green).times(0.5)).times(gains[2])),
                1);
    }

    /**
     * How hard the first three latents are held to the colors of their areas. Without this start the autoencoder spends
     * its four channels on outlines and never finds room for red against green (decision 6).
     */
    static double anchorWeight(long step) {
        double loosened = Math.min(1, Math.max(0, (step - ANCHORED) / (double) (LOOSE - ANCHORED)));
        return 1 - loosened * (1 - LAST_ANCHOR_WEIGHT);
    }

    private static Tensor kl(Tensor mean, Tensor logvar) {
        return mean.square().plus(logvar.exp()).minus(logvar).minus(1).mean().times(0.5);
    }
}
