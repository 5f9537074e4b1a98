package dev.hapax.diffusion;

import dev.hapax.lora.AppliedLora;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that decided an image. The same settings with the same model, LoRAs and words give the same pixels.
 *
 * @param prompt what the image was to be
 * @param negativePrompt what it was not to be; empty for none
 * @param words the learned words in the two prompts, with the hash of their vectors
 * @param loras what was added to the model's weights, in this order
 * @param model the model's name
 * @param modelHash SHA-256 of its weights without LoRAs, in hexadecimal
 * @param sampler the sampler's name; empty for the model's own
 * @param steps of the sampler
 * @param guidance of the prompt
 * @param seed of all noise
 * @param index of the image among those of the seed
 * @param size in pixels
 * @param strength 1, or the part of the steps that was done on a given picture
 * @param start the pictures it was drawn from; empty if it was from noise alone
 * @param boxes where words of the prompt were to be
 * @param version of this library
 */
public record ImageSettings(
        String prompt,
        String negativePrompt,
        Map<String, String> words,
        List<AppliedLora> loras,
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
        List<WordBox> boxes,
        String version) {

    /** Sorts the words and copies the lists. */
    public ImageSettings {
        words = Collections.unmodifiableMap(new TreeMap<>(words));
        loras = List.copyOf(loras);
        boxes = List.copyOf(boxes);
    }

    /** A request for this image alone; of use with the model, LoRAs, words and pictures that are named here. */
    public ImageRequest toRequest() {
        return ImageRequest.of(prompt)
                .withNegativePrompt(negativePrompt)
                .withSeed(seed)
                .withImages(index, 1)
                .withSteps(steps)
                .withGuidance(guidance)
                .withSize(size.width(), size.height())
                .withSampler(sampler)
                .withBoxes(boxes);
    }
}
