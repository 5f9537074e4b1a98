package dev.hapax.diffusion;

import java.util.List;
import java.util.Optional;

/**
 * What to draw and how. Everything that decides the pixels, apart from the model and its words.
 *
 * @param prompt what the image shall be
 * @param negativePrompt what it shall not be; empty for none
 * @param seed of all noise
 * @param first the index of the first image; image k of a seed is the same whichever others are drawn with it
 * @param count how many images, at least 1
 * @param steps of the sampler, at least 1
 * @param guidance how many times as far to go from the negative prompt to the prompt; 1 or less is none, which takes
 *     half the time
 * @param size of the image; empty for the one that the model was trained for
 * @param sampler a name of {@link dev.hapax.schedule.Samplers#names()}; empty for the model's own
 * @param boxes where words of the prompt shall be; none are held in no place
 */
public record ImageRequest(
        String prompt,
        String negativePrompt,
        long seed,
        int first,
        int count,
        int steps,
        double guidance,
        Optional<ImageSize> size,
        String sampler,
        List<WordBox> boxes) {
    private static final int STEPS = 30; // our choice: beyond it multistep solvers hardly change the image
    private static final double GUIDANCE = 7.5; // the default of Stable Diffusion's own scripts

    /** Checks the numbers. */
    public ImageRequest {
        boxes = List.copyOf(boxes);
        if (count < 1 || first < 0 || steps < 1) {
            throw new IllegalArgumentException("count and steps must be at least 1 and first at least 0, got count "
                    + count + ", steps " + steps + ", first " + first);
        }
        if (!Double.isFinite(guidance)) {
            throw new IllegalArgumentException("guidance must be a number, got " + guidance);
        }
    }

    /** A request without boxes. */
    public ImageRequest(
            String prompt,
            String negativePrompt,
            long seed,
            int first,
            int count,
            int steps,
            double guidance,
            Optional<ImageSize> size,
            String sampler) {
        this(prompt, negativePrompt, seed, first, count, steps, guidance, size, sampler, List.of());
    }

    /** One image of this prompt with the usual settings: seed 0, 30 steps, guidance 7.5. */
    public static ImageRequest of(String prompt) {
        return new ImageRequest(prompt, "", 0, 0, 1, STEPS, GUIDANCE, Optional.empty(), "");
    }

    /** The same with another negative prompt. */
    public ImageRequest withNegativePrompt(String negative) {
        return new ImageRequest(prompt, negative, seed, first, count, steps, guidance, size, sampler, boxes);
    }

    /** The same with another seed. */
    public ImageRequest withSeed(long newSeed) {
        return new ImageRequest(prompt, negativePrompt, newSeed, first, count, steps, guidance, size, sampler, boxes);
    }

    /** The same for images {@code newFirst} to {@code newFirst + newCount - 1}. */
    public ImageRequest withImages(int newFirst, int newCount) {
        return new ImageRequest(
                prompt, negativePrompt, seed, newFirst, newCount, steps, guidance, size, sampler, boxes);
    }

    /** The same with another number of steps. */
    public ImageRequest withSteps(int newSteps) {
        return new ImageRequest(prompt, negativePrompt, seed, first, count, newSteps, guidance, size, sampler, boxes);
    }

    /** The same with another guidance. */
    public ImageRequest withGuidance(double newGuidance) {
        return new ImageRequest(prompt, negativePrompt, seed, first, count, steps, newGuidance, size, sampler, boxes);
    }

    /** The same with another size. */
    public ImageRequest withSize(int width, int height) {
        Optional<ImageSize> newSize = Optional.of(new ImageSize(width, height));
        return new ImageRequest(prompt, negativePrompt, seed, first, count, steps, guidance, newSize, sampler, boxes);
    }

    /** The same with another sampler. */
    public ImageRequest withSampler(String newSampler) {
        return new ImageRequest(prompt, negativePrompt, seed, first, count, steps, guidance, size, newSampler, boxes);
    }

    /** The same with these boxes for words of the prompt. */
    public ImageRequest withBoxes(List<WordBox> newBoxes) {
        return new ImageRequest(prompt, negativePrompt, seed, first, count, steps, guidance, size, sampler, newBoxes);
    }
}
