package dev.hapax.vae;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;

/**
 * MoVQ (Zheng et al. 2022), the autoencoder of Kandinsky: {@code VQModel} in diffusers. It was taught with latents that
 * are replaced by the nearest vectors of a codebook; Kandinsky's latents are decoded as they are.
 *
 * <p>All methods keep the graph, except through {@link #nearest}, and work in the type of the weights.
 */
public final class Movq {
    private final MovqConfig config;
    private final MovqEncoder encoder;
    private final Conv2d quantConv;
    private final Tensor codebook;
    private final Conv2d postQuantConv;
    private final MovqDecoder decoder;

    private Movq(MovqConfig config, Weights weights) {
        this.config = config;
        int latents = config.latentChannels();
        int codes = config.codeChannels();
        encoder = MovqEncoder.of(config, weights.at("encoder"));
        quantConv = Conv2d.of(weights.at("quant_conv"), latents, codes, 1);
        codebook = weights.get("quantize.embedding.weight", config.codes(), codes);
        postQuantConv = Conv2d.of(weights.at("post_quant_conv"), codes, latents, 1);
        decoder = MovqDecoder.of(config, weights.at("decoder"));
    }

    /**
     * An autoencoder of this configuration with parameters by diffusers' names.
     *
     * @throws CheckpointException if the configuration asks for something unsupported or a parameter does not fit
     */
    public static Movq of(Config config, Weights weights) {
        return new Movq(MovqConfig.of(config), weights);
    }

    /**
     * Encodes images.
     *
     * @param image (b, 3, h, w) in [-1, 1]
     * @return latents before they are quantised, (b, c, h / reduction, w / reduction), rounded down
     */
    public Tensor encode(Tensor image) {
        Shape.require("an image", image.shape(), -1, config.inChannels(), -1, -1);
        return Scope.run(() -> quantConv.apply(encoder.apply(image)));
    }

    /**
     * Decodes latents as they are.
     *
     * @param latents (b, c, h, w)
     * @return images (b, 3, h reduction, w reduction), about [-1, 1], not clamped
     */
    public Tensor decode(Tensor latents) {
        Shape.require("latents", latents.shape(), -1, config.codeChannels(), -1, -1);
        return Scope.run(() -> decoder.apply(postQuantConv.apply(latents), latents));
    }

    /** The number of the nearest vector of the codebook for each pixel of latents (b, c, h, w): int64 (b, h, w). */
    public Tensor nearest(Tensor latents) {
        return Scope.run(() -> {
            Tensor pixels = latents.permute(0, 2, 3, 1).reshape(-1, config.codeChannels()); // (b h w, c)
            Tensor product = pixels.matmul(codebook.transpose(0, 1)).times(2); // (b h w, codes)
            Tensor lengths = codebook.square().sum(false, 1); // (codes); that of the pixel is the same for all
            return product.minus(lengths).argmax(1).reshape(latents.size(0), latents.size(2), latents.size(3));
        });
    }

    /** These vectors of the codebook as latents: int64 (b, h, w) to (b, c, h, w). */
    public Tensor quantised(Tensor codes) {
        return Functional.embedding(codebook, codes).permute(0, 3, 1, 2);
    }

    /** The number of channels of the latents. */
    public int latentChannels() {
        return config.codeChannels();
    }

    /** How many image pixels lie along one side of a latent pixel: 8 in Kandinsky. */
    public int reduction() {
        return config.reduction();
    }
}
