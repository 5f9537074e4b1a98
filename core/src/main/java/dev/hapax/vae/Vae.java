package dev.hapax.vae;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The autoencoder between images and latents, {@code AutoencoderKL} in diffusers (Rombach et al. 2022, section 3.1).
 *
 * <p>{@link #encode} and {@link #decode} speak of the autoencoder's own latents z; the diffusion model sees them
 * scaled. {@link #toLatents} and {@link #fromLatents} are the only place where that factor is applied:
 *
 * <pre>{@code
 * Tensor latents = vae.toLatents(vae.encode(image).sample(eps)); // what the U-Net is given
 * Tensor image = vae.decode(vae.fromLatents(latents));
 * }</pre>
 *
 * <p>All methods keep the graph and work in the type of the weights.
 */
public final class Vae {
    private final VaeConfig config;
    private final Encoder encoder;
    private final @Nullable Conv2d quantConv;
    private final @Nullable Conv2d postQuantConv;
    private final Decoder decoder;

    private Vae(VaeConfig config, Weights weights) {
        long latents = config.latentChannels();
        this.config = config;
        this.encoder = Encoder.of(config, weights.at("encoder"));
        this.quantConv = config.quantConv() ? Conv2d.of(weights.at("quant_conv"), 2 * latents, 2 * latents, 1) : null;
        this.postQuantConv =
                config.postQuantConv() ? Conv2d.of(weights.at("post_quant_conv"), latents, latents, 1) : null;
        this.decoder = Decoder.of(config, weights.at("decoder"));
    }

    /**
     * An autoencoder of this configuration with parameters by diffusers' names.
     *
     * @throws CheckpointException if the configuration asks for something unsupported or a parameter does not fit
     */
    public static Vae of(Config config, Weights weights) {
        return new Vae(VaeConfig.of(config), weights);
    }

    /**
     * Encodes images.
     *
     * @param image (b, 3, h, w) in [-1, 1]; h and w at least {@link #reduction()}, and multiples of it if the decoded
     *     image shall have the same size
     * @return the distribution of z, (b, c, h / reduction, w / reduction), rounded down
     * @throws IllegalArgumentException if the image has another number of axes or channels, or is too small
     */
    public Posterior encode(Tensor image) {
        requireChannels("an image", image, config.inChannels());
        if (Math.min(image.size(2), image.size(3)) < reduction()) {
            throw new IllegalArgumentException("an image must be at least " + reduction()
                    + " pixels high and wide, got " + image.size(2) + " x " + image.size(3) + "; enlarge it first");
        }
        Tensor moments = Scope.run(() -> encoder.apply(image)); // (b, 2c, h/r, w/r)
        return Posterior.ofMoments(quantConv == null ? moments : quantConv.apply(moments));
    }

    /**
     * Decodes z.
     *
     * @param z the autoencoder's own, unscaled latents (b, c, h, w)
     * @return images (b, 3, h reduction, w reduction), about [-1, 1], not clamped
     * @throws IllegalArgumentException if z has another number of axes or channels
     */
    public Tensor decode(Tensor z) {
        requireChannels("latents", z, config.latentChannels());
        return Scope.run(() -> decoder.apply(postQuantConv == null ? z : postQuantConv.apply(z)));
    }

    /** From z to what the diffusion model is trained on: {@code (z - shift) * scalingFactor}. */
    public Tensor toLatents(Tensor z) {
        return config.scale().toDiffusion(z);
    }

    /** From the diffusion model's latents back to z: {@code latents / scalingFactor + shift}. */
    public Tensor fromLatents(Tensor latents) {
        return config.scale().fromDiffusion(latents);
    }

    /** The configured {@code scaling_factor}. */
    public double scalingFactor() {
        return config.scale().factor();
    }

    /** The number of channels of the latents. */
    public int latentChannels() {
        return config.latentChannels();
    }

    /** How many image pixels lie along one side of a latent pixel: 8 in Stable Diffusion. */
    public int reduction() {
        return config.reduction();
    }

    private static void requireChannels(String what, Tensor x, int channels) {
        if (x.rank() != 4 || x.size(1) != channels) {
            throw new IllegalArgumentException(
                    what + " must be (b, " + channels + ", h, w), got " + Arrays.toString(x.shape()));
        }
    }
}
