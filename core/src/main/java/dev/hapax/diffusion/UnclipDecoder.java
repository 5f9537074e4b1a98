package dev.hapax.diffusion;

import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.unet.AddedConditions;
import java.util.List;
import java.util.function.Supplier;

/**
 * Draws the image of a CLIP embedding with Stable Diffusion unCLIP, beside which a text may say more. Published are {@code
 * stable-diffusion-2-1-unclip-small}, whose embeddings are those of the prior of Karlo, and {@code
 * stable-diffusion-2-1-unclip}. As diffusers' {@code StableUnCLIPImg2ImgPipeline}.
 *
 * @param model whose U-Net reads an image embedding
 * @param noise of the embedding
 * @param guidance how far to go from the prediction for no image towards that for the embedding (Ho and Salimans 2022);
 *     1 is no guidance
 */
public record UnclipDecoder(StableDiffusion model, EmbeddingNoise noise, double guidance) {

    /** Checks that model and embeddings belong together. */
    public UnclipDecoder {
        long width = 2 * noise.mean().size(1);
        if (model.unet().imageClassWidth() != width) {
            throw new IllegalArgumentException(
                    "a U-Net that reads " + model.unet().imageClassWidth()
                            + " numbers about an image does not fit embeddings that need " + width
                            + "; it must be one of Stable Diffusion unCLIP with its own image_normalizer");
        }
    }

    /**
     * Images of embeddings, all under one prompt.
     *
     * @param prompt what else to say; often nothing
     * @param words learned words that it may hold: a lexicon for each text encoder, or an empty list
     * @param embedding CLIP's, on its own scale, (1, width)
     * @param level of the noise of the embedding; 0 for hardly any
     * @param embeddingNoise standard normal, (1, width)
     * @param run a fresh trajectory of the model's sampler
     * @param start standard normal noise, (b, latent channels, h, w)
     * @param samplerNoise makes standard normal noise of that shape for each step that needs it
     * @return (b, 3, h reduction, w reduction) in [0, 1]
     */
    public Tensor draw(
            String prompt,
            List<Lexicon> words,
            Tensor embedding,
            int level,
            Tensor embeddingNoise,
            Trajectory run,
            Tensor start,
            Supplier<Tensor> samplerNoise) {
        try (Gradients.Region frozen = Gradients.off()) {
            return Scope.run(() -> {
                AddedConditions.ImageClass image = noise.condition(embedding, level, embeddingNoise);
                AddedConditions.ImageClass nothing =
                        new AddedConditions.ImageClass(image.embedding().zerosLike());
                ImageSize size = model.nativeSize();
                Condition with =
                        new Condition(model.text().encode(prompt, words, size).text(), image);
                Condition without = new Condition(
                        model.text().encodeNegative("", words, size).text(), nothing);
                Denoiser denoiser = new Denoiser(
                        model.unet(),
                        model.dtype(),
                        Conditions.constant(with),
                        Conditions.constant(without),
                        guidance,
                        Guide.NONE);
                Tensor latents =
                        denoiser.run(run, 0, start.times(run.initNoiseSigma()), samplerNoise, 0, Progress.NONE);
                Tensor z = model.vae().fromLatents(latents.to(model.vaeDtype()));
                return model.vae().decode(z).times(0.5).plus(0.5).clamp(0, 1);
            });
        }
    }
}
