package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.util.Map;
import java.util.Set;

/**
 * Trains the decoder on, behind an encoder that stays as it is, so that a U-Net trained on its latents stays valid: as
 * sd-vae-ft-mse was made from Stable Diffusion's autoencoder. Squared errors weigh more here; see decision 6.
 *
 * @param encoder the whole autoencoder as it was, in the type it computes in
 */
record DecoderRecipe(Pixels pixels, Vae encoder) implements Fit.Loss<Vae> {
    private static final double SQUARE_WEIGHT = 12;

    /** An autoencoder whose decoder is made of parameters in training and whose encoder is never asked. */
    static Vae tuned(Config config, Map<String, Tensor> before, Weights decoder) {
        Parameters.Given all = new Parameters.Given(before);
        return Vae.of(config, Weights.of(new Weights.Source() {
            @Override
            public boolean has(String name) {
                return all.has(name);
            }

            @Override
            public Tensor get(String name, long... shape) {
                return name.startsWith("decoder.") || name.startsWith("post_quant_conv.")
                        ? decoder.get(name, shape)
                        : all.get(name, shape);
            }

            @Override
            public Set<String> names() {
                return all.names();
            }
        }));
    }

    @Override
    public Tensor of(Vae vae, long step, int first, int count) {
        Tensor image = pixels.batch(step, first, count, DType.BFLOAT16); // (b, 3, s, s)
        Tensor error = vae.decode(latents(image, step, first)).minus(image).to(DType.FLOAT32);
        return VaeRecipe.reconstruction(error, SQUARE_WEIGHT);
    }

    private Tensor latents(Tensor image, long step, int first) {
        try (Gradients.Region off = Gradients.off()) {
            Posterior posterior = encoder.encode(image);
            return posterior.sample(pixels.rng()
                    .normal(Purpose.VAE, step, first, posterior.mean().shape())
                    .to(image.dtype()));
        }
    }
}
