package dev.hapax.app.demo;

import dev.hapax.app.model.BundledModel;
import dev.hapax.run.LearnRequest;

/**
 * How much work a demo does.
 *
 * @param steps of learning
 * @param rate of learning
 * @param batch samples of one step
 * @param samplerSteps of each image
 * @param guidance of each image
 * @param perPrompt images of each prompt
 * @param judged images behind each number
 * @param judgedInAblation images behind each number of the ablation
 */
public record Effort(
        long steps,
        double rate,
        int batch,
        int samplerSteps,
        double guidance,
        int perPrompt,
        int judged,
        int judgedInAblation) {
    /** The demo as everybody sees it; chosen so that it takes less than three minutes on two cores. */
    public static final Effort USUAL = new Effort(BundledModel.STEPS, 2e-3, 4, 25, 4, 2, 8, 64);

    private static final double DECODER = 10; // what decoding an image costs

    /** The same with another length and rate of learning. */
    public Effort withLearning(long newSteps, double newRate) {
        return new Effort(newSteps, newRate, batch, samplerSteps, guidance, perPrompt, judged, judgedInAblation);
    }

    /** How the words are learned. */
    public LearnRequest.Pace pace(long seed) {
        return new LearnRequest.Pace(steps, rate, batch, seed, 0); // the sentence tells left from right: no mirroring
    }

    /** The work of learning, in calls of the U-Net: forward, and backward at about twice its price. */
    double workOfLearning() {
        return 3.0 * steps * batch;
    }

    /** The work of an image: with and without the prompt, and the decoder. */
    double workOfImage() {
        return 2.0 * samplerSteps + DECODER;
    }
}
