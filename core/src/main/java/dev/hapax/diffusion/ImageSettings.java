package dev.hapax.diffusion;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that decided an image. The same settings with the same model and words give the same pixels.
 *
 * @param prompt what the image was to be
 * @param negativePrompt what it was not to be; empty for none
 * @param words the learned words in the two prompts, with the hash of their vectors
 * @param model the model's name
 * @param modelHash SHA-256 of its weights, in hexadecimal
 * @param sampler the sampler's name; empty for the model's own
 * @param steps of the sampler
 * @param guidance of the prompt
 * @param seed of all noise
 * @param index of the image among those of the seed
 * @param size in pixels
 * @param strength 1, or the part of the steps that was done on a given picture
 * @param start the pictures it was drawn from; empty if it was from noise alone
 * @param version of this library
 */
public record ImageSettings(
        String prompt,
        String negativePrompt,
        Map<String, String> words,
        String model,
        String modelHash,
        String sampler,
        int steps,
        double guidance,
        long seed,
        int index,
        ImageSize size,
        double strength,
        Optional<StartSettings> start,
        String version) {

    /** Sorts the words. */
    public ImageSettings {
        words = Collections.unmodifiableMap(new TreeMap<>(words));
    }

    /** A request for this image alone; of use with the model, words and pictures that are named here. */
    public ImageRequest toRequest() {
        return ImageRequest.of(prompt)
                .withNegativePrompt(negativePrompt)
                .withSeed(seed)
                .withImages(index, 1)
                .withSteps(steps)
                .withGuidance(guidance)
                .withSize(size.width(), size.height())
                .withSampler(sampler);
    }
}
